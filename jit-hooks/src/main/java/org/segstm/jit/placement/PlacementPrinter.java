package org.segstm.jit.placement;

import java.util.List;

/** Shows code of a VM with its barriers, and why each of them is there. */
public final class PlacementPrinter {
    private static final int REASON_COLUMN = 44;
    private final CodeView code;
    private final Placement placement;
    private final StringBuilder text = new StringBuilder();

    private PlacementPrinter(final CodeView code, final Placement placement) {
        this.code = code;
        this.placement = placement;
    }

    /**
     * Prints.
     *
     * @param code      of the VM.
     * @param placement for it.
     * @return lines; barriers are marked by {@code >}, what needs none says why; operations without description
     *     are left out.
     */
    public static String print(final CodeView code, final Placement placement) {
        final PlacementPrinter printer = new PlacementPrinter(code, placement);
        printer.barriers("  ", placement.atEntry());
        for (int b = 0; b < code.blockCount(); b++) {
            printer.block(b);
        }
        return printer.text.toString();
    }

    private void block(final int block) {
        text.append('b').append(block).append(":\n");
        for (int i = 0; i < code.size(block); i++) {
            barriers("  ", placement.before(block, i));
            final String description = code.describe(block, i);
            if (!description.isEmpty()) {
                line("    " + description, needsNone(block, i));
            }
            if (code.op(block, i).isPoll()) {
                slowPath(placement.onSlowPath(block, i));
            }
        }
        barriers("  ", placement.before(block, code.size(block)));
        for (int e = 0; e < code.successorCount(block); e++) {
            edge(block, e);
        }
    }

    private void edge(final int block, final int edge) {
        line("  -> b" + code.successor(block, edge), "");
        barriers("    ", placement.onEdge(block, edge));
        if (placement.hasPoll(block, edge)) {
            line("    > " + (placement.pollKind() == Polls.BREAK ? "break poll" : "safepoint poll"), "closes a loop");
            slowPath(placement.onEdgeSlowPath(block, edge));
            barriers("    ", placement.onEdgeAfterPoll(block, edge));
        }
        barriers("    ", placement.onEdgeMerged(block, edge));
    }

    private void slowPath(final List<Barrier> repairs) {
        if (!repairs.isEmpty()) {
            line("      slow path:", "");
            barriers("        ", repairs);
        }
    }

    private void barriers(final String indent, final List<Barrier> barriers) {
        barriers.forEach(b -> line(indent + "> " + b, b.reason()));
    }

    private String needsNone(final int block, final int index) {
        final Op op = code.op(block, index);
        if (!op.isAccess()) {
            return "";
        }
        if (op == Op.LOAD && code.place(block, index).isUnmarked()) {
            return "no barrier: never changes, or never conflicts";
        }
        final Barrier.Kind kind = op == Op.LOAD ? Barrier.Kind.READ : Barrier.Kind.WRITE;
        final boolean own = placement.before(block, index).stream()
            .anyMatch(b -> b.kind() == kind && b.value() == code.object(block, index));
        return own ? "" : "no barrier: covered on all ways";
    }

    private void line(final String left, final String reason) {
        text.append(left);
        if (!reason.isEmpty()) {
            text.append(" ".repeat(Math.max(1, REASON_COLUMN - left.length()))).append("; ").append(reason);
        }
        text.append('\n');
    }
}

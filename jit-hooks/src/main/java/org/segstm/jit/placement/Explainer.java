package org.segstm.jit.placement;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Says why a barrier that was placed could not be left out: what ended the knowledge on the ways that lead to it. */
final class Explainer {
    private static final int MOST_NAMED = 3;
    private final CodeView code;
    private final Keys keys;

    Explainer(final CodeView code, final Keys keys) {
        this.code = code;
        this.keys = keys;
    }

    String reason(final FlowNode barrier) {
        final Set<String> ends = new TreeSet<>();
        final boolean partly = searchBack(barrier, ends);
        final List<String> served = servedBy(barrier);
        final StringBuilder text = new StringBuilder();
        if (served.size() > 1 || barrier.next.get(0).kind != FlowNode.Kind.OPERATION) {
            text.append("for ").append(list(served)).append(": ");
        }
        text.append(ends.isEmpty() ? "nothing known" : list(new ArrayList<>(ends)));
        if (partly) {
            text.append("; known on other ways");
        }
        return text.toString();
    }

    private boolean searchBack(final FlowNode barrier, final Set<String> ends) {
        final Set<FlowNode> seen = new HashSet<>();
        final Deque<FlowNode> work = new ArrayDeque<>(barrier.previous);
        boolean partly = false;
        while (!work.isEmpty()) {
            final FlowNode node = work.pop();
            if (!seen.add(node)) {
                continue;
            }
            final Transfer transfer = new Transfer(barrier.barrier, node, code, keys, code.polls());
            if (node.kind == FlowNode.Kind.ENTRY) {
                ends.add("first on its way");
            } else if (transfer.made.get(bit(barrier))) {
                partly = true;
            } else if (transfer.ended.get(bit(barrier))) {
                ends.add(end(node));
            } else if (transfer.gained.get(bit(barrier))) {
                partly |= node != barrier;
            } else {
                work.addAll(node.previous);
            }
        }
        return partly;
    }

    /** Inevitability has one bit. */
    private static int bit(final FlowNode barrier) {
        return Math.max(0, barrier.key);
    }

    /** The accesses that are covered because of a barrier. */
    private List<String> servedBy(final FlowNode barrier) {
        final Set<String> served = new TreeSet<>();
        final Set<FlowNode> seen = new HashSet<>();
        final Deque<FlowNode> work = new ArrayDeque<>(barrier.next);
        while (!work.isEmpty()) {
            final FlowNode node = work.pop();
            if (!seen.add(node)) {
                continue;
            }
            final Transfer transfer = new Transfer(barrier.barrier, node, code, keys, code.polls());
            if (transfer.needed.get(bit(barrier))) {
                served.add(position(node));
            }
            if (!transfer.ended.get(bit(barrier))) {
                work.addAll(node.next);
            }
        }
        return new ArrayList<>(served);
    }

    private String end(final FlowNode node) {
        switch (node.kind) {
            case SLOW:
                return "slow path of the poll " + (node.number == 1 ? "on the edge of " : "at ") + position(node);
            case MERGES:
                return "merged on the edge of " + position(node);
            case BARRIER:
                return "waits to be inevitable at " + position(node);
            default:
                return (code.op(node.block, node.index) == Op.CALL ? "call at " : "defined at ") + position(node);
        }
    }

    private static String position(final FlowNode node) {
        return "b" + node.block + ":" + node.index;
    }

    private static String list(final List<String> parts) {
        return parts.size() <= MOST_NAMED ? String.join(", ", parts)
            : String.join(", ", parts.subList(0, MOST_NAMED)) + ", ...";
    }
}

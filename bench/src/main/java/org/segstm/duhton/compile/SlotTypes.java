package org.segstm.duhton.compile;

import java.util.BitSet;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.segstm.duhton.interp.Node;
import org.segstm.duhton.interp.Outline;

/**
 * Finds the variables of a function or loop that only ever hold ints, and the reads that find their variable bound. It
 * begins with all variables that are ints when the code is entered, or not bound, and drops those that are bound to
 * something else, or read where they may not be bound, until nothing changes.
 */
final class SlotTypes {
    private final Node root;
    private final BitSet boundAtEntry;
    private final BitSet ints;
    private final boolean boundAsInts;
    private final BitSet used = new BitSet();
    private Set<Node> boundReads;
    private boolean changed;

    /**
     * Analyses a function or loop.
     *
     * @param root         its text.
     * @param boundAtEntry variables that are bound when it is entered.
     * @param candidates   variables that are ints when it is entered, or not bound.
     * @param boundAsInts  are variables known to be bound only when they are verified to be ints?
     */
    SlotTypes(
            final Node root, final BitSet boundAtEntry, final BitSet candidates, final boolean boundAsInts) {
        this.boundAsInts = boundAsInts;
        this.root = root;
        this.boundAtEntry = boundAtEntry;
        this.ints = (BitSet) candidates.clone();
        do {
            changed = false;
            boundReads = Collections.newSetFromMap(new IdentityHashMap<>());
            visit(root, boundBefore());
        } while (changed);
        ints.and(used);
    }

    private BitSet boundBefore() {
        final BitSet bound = (BitSet) boundAtEntry.clone();
        if (boundAsInts) {
            bound.and(ints);
        }
        return bound;
    }

    /** Variables that only ever hold ints. */
    BitSet ints() {
        return ints;
    }

    /** Does a read find its variable bound, whatever happened before? */
    boolean isBound(final Node read) {
        return boundReads.contains(read);
    }

    /** Is the value of an expression always an int? */
    boolean isInt(final Node node) {
        final Outline outline = node.outline();
        switch (outline.kind()) {
            case INT:
            case AND:
            case OR:
            case NOT:
                return true;
            case IF:
                return isInt(outline.parts().get(1)) && isInt(outline.parts().get(2));
            case SEQUENCE:
                return isInt(outline.parts().get(outline.parts().size() - 1));
            case LOCAL_WRITE:
                return isInt(outline.parts().get(0));
            case LOCAL_READ:
                return ints.get((int) outline.number());
            default:
                return isArithmetic(outline.kind()) || isComparison(outline.kind());
        }
    }

    static boolean isArithmetic(final Outline.Kind kind) {
        return kind.compareTo(Outline.Kind.ADD) >= 0 && kind.compareTo(Outline.Kind.SHIFT_RIGHT) <= 0;
    }

    static boolean isComparison(final Outline.Kind kind) {
        return kind.compareTo(Outline.Kind.LESS) >= 0 && kind.compareTo(Outline.Kind.GREATER_OR_EQUAL) <= 0;
    }

    private void drop(final int slot) {
        if (ints.get(slot)) {
            ints.clear(slot);
            changed = true;
        }
    }

    /** Follows the evaluation, with the variables that are bound before; afterwards, with those bound behind it. */
    private void visit(final Node node, final BitSet bound) {
        final Outline outline = node.outline();
        final int slot = (int) outline.number();
        switch (outline.kind()) {
            case UNKNOWN:
                if (!ints.isEmpty()) {
                    ints.clear();
                    changed = true;
                }
                break;
            case LOCAL_READ:
                used.set(slot);
                if (bound.get(slot)) {
                    boundReads.add(node);
                } else {
                    drop(slot);
                }
                break;
            case LOCAL_TEST:
                drop(slot);
                break;
            case LOCAL_WRITE:
                visit(outline.parts().get(0), bound);
                used.set(slot);
                bound.set(slot);
                if (!isInt(outline.parts().get(0))) {
                    drop(slot);
                }
                break;
            case IF:
                visitIf(outline, bound);
                break;
            case WHILE:
                visit(outline.parts().get(0), bound);
                visit(outline.parts().get(1), (BitSet) bound.clone());
                break;
            case AND:
            case OR:
                visitLogic(outline, bound);
                break;
            default:
                outline.parts().stream().filter(part -> part != null).forEach(part -> visit(part, bound));
                break;
        }
    }

    private void visitIf(final Outline outline, final BitSet bound) {
        visit(outline.parts().get(0), bound);
        final BitSet whenTrue = (BitSet) bound.clone();
        visit(outline.parts().get(1), whenTrue);
        visit(outline.parts().get(2), bound);
        bound.and(whenTrue);
    }

    private void visitLogic(final Outline outline, final BitSet bound) {
        BitSet inside = bound;
        for (final Node part : outline.parts()) {
            visit(part, inside);
            // Only the first one is evaluated in any case.
            inside = inside == bound ? (BitSet) bound.clone() : inside;
        }
    }

    @Override
    public String toString() {
        return "ints " + ints + " of " + root + " bound " + boundAtEntry;
    }
}

package org.segstm.duhton.compile;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.segstm.duhton.interp.Node;
import org.segstm.duhton.interp.Outline;
import org.segstm.duhton.interp.ValueKind;

/**
 * Finds the variables of a function or loop that only ever hold values of one kind, and the reads that find their
 * variable bound. It begins with what variables held when the code was entered, adds what they are bound to, and gives
 * up those that are read where they may not be bound, until nothing changes.
 */
final class SlotTypes {
    private final Node root;
    private final BitSet boundAtEntry;
    private final ValueKind[] kinds;
    private final boolean boundAsVerified;
    private final BitSet used = new BitSet();
    private Set<Node> boundReads;
    private boolean changed;

    /**
     * Analyses a function or loop.
     *
     * @param root            its text.
     * @param boundAtEntry    variables that are bound when it is entered.
     * @param atEntry         kinds of variables when it is entered; nothing for those that are not bound.
     * @param boundAsVerified are variables known to be bound only when their kind is verified?
     */
    SlotTypes(final Node root, final BitSet boundAtEntry, final ValueKind[] atEntry, final boolean boundAsVerified) {
        this.boundAsVerified = boundAsVerified;
        this.root = root;
        this.boundAtEntry = boundAtEntry;
        this.kinds = atEntry.clone();
        do {
            changed = false;
            boundReads = Collections.newSetFromMap(new IdentityHashMap<>());
            visit(root, boundBefore());
        } while (changed);
        for (int slot = 0; slot < kinds.length; slot++) {
            if (!used.get(slot)) {
                kinds[slot] = ValueKind.ANY;
            }
        }
    }

    private BitSet boundBefore() {
        final BitSet bound = (BitSet) boundAtEntry.clone();
        for (int slot = 0; boundAsVerified && slot < kinds.length; slot++) {
            bound.set(slot, bound.get(slot) && kinds[slot] != ValueKind.ANY);
        }
        return bound;
    }

    /** Kind of the values that a variable holds. */
    ValueKind kind(final int slot) {
        return kinds[slot];
    }

    /** Is it read, bound or asked for by name? */
    boolean isUsed(final int slot) {
        return used.get(slot);
    }

    /** Does a read find its variable bound, whatever happened before? */
    boolean isBound(final Node read) {
        return boundReads.contains(read);
    }

    /** Kind of the values of an expression. */
    ValueKind kindOf(final Node node) {
        final Outline outline = node.outline();
        final List<Node> parts = outline.parts();
        switch (outline.kind()) {
            case INT:
            case AND:
            case OR:
            case NOT:
            case IS_PAIR:
            case LENGTH:
            case TRUNCATE:
                return ValueKind.INT;
            case LIST:
            case APPEND:
                return ValueKind.LIST;
            case CONTAINER:
                return ValueKind.CONTAINER;
            case PAIR:
                return ValueKind.PAIR;
            case IF:
                return kindOf(parts.get(1)).or(kindOf(parts.get(2)));
            case SEQUENCE:
            case ATOMIC:
                return kindOf(parts.get(parts.size() - 1));
            case LOCAL_WRITE:
            case GLOBAL_WRITE:
                return kindOf(parts.get(0));
            case LOCAL_READ:
                return kinds[(int) outline.number()];
            default:
                return outline.kind().isFloat() ? ValueKind.FLOAT
                    : outline.kind().isArithmetic() || outline.kind().isComparison()
                    || outline.kind().isFloatComparison() ? ValueKind.INT : ValueKind.ANY;
        }
    }

    private void holds(final int slot, final ValueKind kind) {
        final ValueKind both = kinds[slot].or(kind);
        if (both != kinds[slot]) {
            kinds[slot] = both;
            changed = true;
        }
    }

    /** Follows the evaluation, with the variables that are bound before; afterwards, with those bound behind it. */
    private void visit(final Node node, final BitSet bound) {
        final Outline outline = node.outline();
        final int slot = (int) outline.number();
        switch (outline.kind()) {
            case UNKNOWN:
                changed |= !Arrays.stream(kinds).allMatch(kind -> kind == ValueKind.ANY);
                Arrays.fill(kinds, ValueKind.ANY);
                break;
            case LOCAL_READ:
                used.set(slot);
                if (bound.get(slot)) {
                    boundReads.add(node);
                } else {
                    holds(slot, ValueKind.ANY);
                }
                break;
            case LOCAL_TEST:
                used.set(slot);
                holds(slot, ValueKind.ANY);
                break;
            case LOCAL_WRITE:
                visit(outline.parts().get(0), bound);
                used.set(slot);
                bound.set(slot);
                holds(slot, kindOf(outline.parts().get(0)));
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
                outline.presentParts().forEach(part -> visit(part, bound));
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
        return "kinds " + Arrays.toString(kinds) + " of " + root + " bound " + boundAtEntry;
    }
}

package org.segstm.duhton.compile;

import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import org.segstm.duhton.interp.Node;
import org.segstm.duhton.interp.Outline;
import org.segstm.duhton.interp.WhileNode;

/** Finds what an innermost loop asks in each turn with the same answer: is a variable true that it does not bind? */
final class InvariantConditions {
    /** No variable. */
    static final int NONE = -1;

    private InvariantConditions() {
    }

    /**
     * Finds one.
     *
     * @param loop        that may be an innermost one.
     * @param isInvariant tells whether a read of a variable gives the same in all turns of a loop.
     * @return slot of the variable, or {@link #NONE}.
     */
    static int find(final WhileNode loop, final BiPredicate<WhileNode, Node> isInvariant) {
        final List<Node> parts = loop.outline().parts();
        return parts.stream().anyMatch(InvariantConditions::hasLoop) ? NONE
            : firstOf(parts.subList(1, parts.size()), false, read -> isInvariant.test(loop, read));
    }

    private static boolean hasLoop(final Node node) {
        return node != null && (node.outline().kind() == Outline.Kind.WHILE
            || node.outline().parts().stream().anyMatch(InvariantConditions::hasLoop));
    }

    private static int firstOf(
            final List<Node> nodes, final boolean asked, final Predicate<Node> isInvariant) {
        for (int i = 0; i < nodes.size(); i++) {
            final int found = nodes.get(i) == null ? NONE : first(nodes.get(i), asked, isInvariant);
            if (found != NONE) {
                return found;
            }
        }
        return NONE;
    }

    private static int first(
            final Node node, final boolean asked, final Predicate<Node> isInvariant) {
        final Outline outline = node.outline();
        final List<Node> parts = outline.parts();
        switch (outline.kind()) {
            case LOCAL_READ:
                return asked && isInvariant.test(node) ? (int) outline.number() : NONE;
            case IF:
                final int found = first(parts.get(0), true, isInvariant);
                return found != NONE ? found : firstOf(parts.subList(1, parts.size()), false, isInvariant);
            case AND:
            case OR:
            case NOT:
                return firstOf(parts, true, isInvariant);
            default:
                return firstOf(parts, false, isInvariant);
        }
    }
}

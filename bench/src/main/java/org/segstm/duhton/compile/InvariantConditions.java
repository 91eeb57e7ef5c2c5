package org.segstm.duhton.compile;

import java.util.stream.Stream;
import org.segstm.duhton.interp.Node;
import org.segstm.duhton.interp.Outline;
import org.segstm.duhton.interp.WhileNode;

/** Finds what an innermost loop may ask in each turn with the same answer: is a variable true? */
final class InvariantConditions {
    private InvariantConditions() {
    }

    /** Reads of variables whose truth the body of an innermost loop asks for; none for other loops. */
    static Stream<Node> in(final WhileNode loop) {
        final Outline outline = loop.outline();
        return outline.presentParts().anyMatch(InvariantConditions::hasLoop) ? Stream.empty()
            : asked(outline.parts().get(1), false);
    }

    private static boolean hasLoop(final Node node) {
        return node.outline().kind() == Outline.Kind.WHILE
            || node.outline().presentParts().anyMatch(InvariantConditions::hasLoop);
    }

    private static Stream<Node> asked(final Node node, final boolean isCondition) {
        final Outline outline = node.outline();
        switch (outline.kind()) {
            case LOCAL_READ:
                return isCondition ? Stream.of(node) : Stream.empty();
            case IF:
                return Stream.concat(asked(outline.parts().get(0), true),
                    outline.presentParts().skip(1).flatMap(part -> asked(part, false)));
            case AND:
            case OR:
            case NOT:
                return outline.presentParts().flatMap(part -> asked(part, true));
            default:
                return outline.presentParts().flatMap(part -> asked(part, false));
        }
    }
}

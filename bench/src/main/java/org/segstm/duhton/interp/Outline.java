package org.segstm.duhton.interp;

import java.util.Arrays;
import java.util.List;

/**
 * What a compiler has to know about a node.
 *
 * @param kind   of the node.
 * @param number slot of a variable, the value of a constant, the int of a literal.
 * @param parts  that are evaluated; null where an optional one is missing.
 */
public record Outline(Kind kind, long number, List<Node> parts) {
    /**
     * An outline.
     *
     * @param kind   of the node.
     * @param number its number.
     * @param parts  of the node.
     */
    public Outline(final Kind kind, final long number, final Node... parts) {
        this(kind, number, Arrays.asList(parts));
    }

    /** What a node does with its parts. */
    public enum Kind {
        /** Nothing is known, not even its parts. */
        UNKNOWN,
        /** Has no parts and binds no variable of a function. */
        LEAF,
        /** Evaluates its parts, all or some of them in order. Only the node itself knows how. */
        INTERPRETED,
        /** An int. */
        INT,
        /** Some other value that is known beforehand. */
        CONSTANT,
        /** Parts in order. */
        SEQUENCE,
        /** Condition, part when it is true, part when it is false. */
        IF,
        /** Condition, body. */
        WHILE,
        /** Short circuit. */
        AND,
        /** Short circuit. */
        OR,
        /** Negated condition. */
        NOT,
        /** Folds two or more ints. */
        ADD,
        /** Folds two or more ints. */
        SUBTRACT,
        /** Folds two or more ints. */
        MULTIPLY,
        /** Folds two or more ints. */
        DIVIDE,
        /** Folds two or more ints. */
        REMAINDER,
        /** Folds two or more ints. */
        EXCLUSIVE_OR,
        /** Folds two or more ints. */
        SHIFT_LEFT,
        /** Folds two or more ints. */
        SHIFT_RIGHT,
        /** Compares two ints. */
        LESS,
        /** Compares two ints. */
        LESS_OR_EQUAL,
        /** Compares two ints. */
        EQUAL,
        /** Compares two ints. */
        NOT_EQUAL,
        /** Compares two ints. */
        GREATER,
        /** Compares two ints. */
        GREATER_OR_EQUAL,
        /** Variable of a function; the part reads the global one. */
        LOCAL_READ,
        /** Binds a variable of a function. */
        LOCAL_WRITE,
        /** Asks whether a variable of a function is bound. */
        LOCAL_TEST,
        /** Binds a global variable. */
        GLOBAL_WRITE,
        /** A {@link CallNode} with its arguments. */
        CALL,
        /** A {@link TargetNode}. */
        TARGET,
        /** New list of the parts. */
        LIST,
        /** A part within which no transaction ends. */
        ATOMIC
    }
}

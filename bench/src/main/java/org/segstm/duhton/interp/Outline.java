package org.segstm.duhton.interp;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

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

    /**
     * The parts that are there.
     *
     * @return parts without the missing ones, in order.
     */
    public Stream<Node> presentParts() {
        return parts.stream().filter(Objects::nonNull);
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
        /** A float; the number is its bits. */
        FLOAT_CONSTANT,
        /** A number as a float. */
        TO_FLOAT,
        /** Sum of two numbers as floats. */
        FLOAT_ADD,
        /** Difference of two numbers as floats. */
        FLOAT_SUBTRACT,
        /** Product of two numbers as floats. */
        FLOAT_MULTIPLY,
        /** Quotient of two numbers as floats. */
        FLOAT_DIVIDE,
        /** Square root of a number as a float. */
        FLOAT_ROOT,
        /** The int nearest to a number in the direction of 0. */
        TRUNCATE,
        /** Compares two numbers as floats. */
        FLOAT_LESS,
        /** Compares two numbers as floats. */
        FLOAT_LESS_OR_EQUAL,
        /** Compares two numbers as floats. */
        FLOAT_EQUAL,
        /** Compares two numbers as floats. */
        FLOAT_NOT_EQUAL,
        /** Compares two numbers as floats. */
        FLOAT_GREATER,
        /** Compares two numbers as floats. */
        FLOAT_GREATER_OR_EQUAL,
        /** Reads a global variable; the number is where it lies. */
        GLOBAL_READ,
        /** Variable of a function; the part reads the global one. */
        LOCAL_READ,
        /** Binds a variable of a function. */
        LOCAL_WRITE,
        /** Asks whether a variable of a function is bound; the part asks about the global one. */
        LOCAL_TEST,
        /** Binds a global variable; the number is the symbol's ref. */
        GLOBAL_WRITE,
        /** A {@link CallNode} with its arguments. */
        CALL,
        /** A {@link TargetNode} that only the node itself knows. */
        TARGET,
        /** A {@link TargetNode}: first half of a pair. */
        FIRST,
        /** A {@link TargetNode}: second half of a pair. */
        SECOND,
        /** A {@link TargetNode}: new pair of target and operand. */
        PAIR,
        /** A {@link TargetNode}: is the target a pair? */
        IS_PAIR,
        /** A {@link TargetNode}: new container. */
        CONTAINER,
        /** A {@link TargetNode}: content of a container. */
        GET_CONTENT,
        /** A {@link TargetNode}: replaces the content of a container. */
        SET_CONTENT,
        /** A {@link TargetNode}: element of a list. */
        GET_ELEMENT,
        /** A {@link TargetNode}: replaces an element of a list. */
        SET_ELEMENT,
        /** A {@link TargetNode}: adds to a list. */
        APPEND,
        /** A {@link TargetNode}: removes the last element of a list. */
        REMOVE_LAST,
        /** A {@link TargetNode}: length of a list. */
        LENGTH,
        /** New list of the parts. */
        LIST,
        /** A part within which no transaction ends. */
        ATOMIC;

        /**
         * Does it compute an int from ints?
         *
         * @return true from {@link #ADD} to {@link #SHIFT_RIGHT}.
         */
        public boolean isArithmetic() {
            return compareTo(ADD) >= 0 && compareTo(SHIFT_RIGHT) <= 0;
        }

        /**
         * Does it compare ints?
         *
         * @return true from {@link #LESS} to {@link #GREATER_OR_EQUAL}.
         */
        public boolean isComparison() {
            return compareTo(LESS) >= 0 && compareTo(GREATER_OR_EQUAL) <= 0;
        }

        /**
         * Does it give a float?
         *
         * @return true from {@link #FLOAT_CONSTANT} to {@link #FLOAT_ROOT}.
         */
        public boolean isFloat() {
            return compareTo(FLOAT_CONSTANT) >= 0 && compareTo(FLOAT_ROOT) <= 0;
        }

        /**
         * Does it compare floats?
         *
         * @return true from {@link #FLOAT_LESS} to {@link #FLOAT_GREATER_OR_EQUAL}.
         */
        public boolean isFloatComparison() {
            return compareTo(FLOAT_LESS) >= 0 && compareTo(FLOAT_GREATER_OR_EQUAL) <= 0;
        }
    }
}

package org.segstm.duhton.builtin;

import org.segstm.duhton.DuhtonError;
import org.segstm.duhton.interp.BuiltinForm;
import org.segstm.duhton.interp.DuhtonThread;
import org.segstm.duhton.interp.IntNode;
import org.segstm.duhton.interp.Node;
import org.segstm.duhton.interp.Outline;

/** Arithmetic on 32-bit ints that wrap: {@code + - * / % ^ << >>}, folded from the left. */
final class ArithmeticNodes {
    private ArithmeticNodes() {
    }

    /**
     * A fold that starts from a number, which is also its value without arguments.
     *
     * @param start     of the fold.
     * @param operation for two operands.
     * @return the form.
     */
    static BuiltinForm foldFrom(final int start, final Maker operation) {
        return (form, scope, analyzer) -> {
            final Node[] operands = analyzer.analyzeAll(form.arguments(), scope).toArray(new Node[0]);
            switch (operands.length) {
                case 0:
                    return new IntNode(start, form.line());
                case 1:
                    return operation.make(new IntNode(start, form.line()), operands[0], form.line());
                default:
                    return foldOperands(operation, operands, form.line());
            }
        };
    }

    /**
     * A fold that starts from its first argument; without arguments it is 0.
     *
     * @param operation for two operands.
     * @return the form.
     */
    static BuiltinForm fold(final Maker operation) {
        return (form, scope, analyzer) -> {
            final Node[] operands = analyzer.analyzeAll(form.arguments(), scope).toArray(new Node[0]);
            return operands.length == 0
                ? new IntNode(0, form.line()) : foldOperands(operation, operands, form.line());
        };
    }

    private static Node foldOperands(final Maker operation, final Node[] operands, final int line) {
        return operands.length == 2
            ? operation.make(operands[0], operands[1], line)
            : new FoldNode(operation.make(null, null, line), operands, line);
    }

    /** Makes the node of an operation. */
    @FunctionalInterface
    interface Maker {
        /**
         * Makes the node.
         *
         * @param left  operand.
         * @param right operand.
         * @param line  of the source.
         * @return the node.
         */
        IntOperation make(Node left, Node right, int line);
    }

    /** The {@code +} of two operands. */
    static final class Add extends IntOperation {
        Add(final Node left, final Node right, final int line) {
            super(left, right, line);
        }

        @Override
        Outline.Kind kind() {
            return Outline.Kind.ADD;
        }

        @Override
        int apply(final int a, final int b) {
            return a + b;
        }

        @Override
        public int executeInt(final DuhtonThread thread, final int frame) {
            final int a = left.executeInt(thread, frame);
            return apply(a, right.executeInt(thread, frame));
        }
    }

    /** The {@code -} of two operands. */
    static final class Subtract extends IntOperation {
        Subtract(final Node left, final Node right, final int line) {
            super(left, right, line);
        }

        @Override
        Outline.Kind kind() {
            return Outline.Kind.SUBTRACT;
        }

        @Override
        int apply(final int a, final int b) {
            return a - b;
        }

        @Override
        public int executeInt(final DuhtonThread thread, final int frame) {
            final int a = left.executeInt(thread, frame);
            return apply(a, right.executeInt(thread, frame));
        }
    }

    /** The {@code *} of two operands. */
    static final class Multiply extends IntOperation {
        Multiply(final Node left, final Node right, final int line) {
            super(left, right, line);
        }

        @Override
        Outline.Kind kind() {
            return Outline.Kind.MULTIPLY;
        }

        @Override
        int apply(final int a, final int b) {
            return a * b;
        }

        @Override
        public int executeInt(final DuhtonThread thread, final int frame) {
            final int a = left.executeInt(thread, frame);
            return apply(a, right.executeInt(thread, frame));
        }
    }

    /** The {@code /} of two operands. */
    static final class Divide extends IntOperation {
        Divide(final Node left, final Node right, final int line) {
            super(left, right, line);
        }

        @Override
        Outline.Kind kind() {
            return Outline.Kind.DIVIDE;
        }

        @Override
        int apply(final int a, final int b) {
            if (b == 0) {
                throw new DuhtonError("/: division by zero", line());
            }
            return a / b;
        }

        @Override
        public int executeInt(final DuhtonThread thread, final int frame) {
            final int a = left.executeInt(thread, frame);
            return apply(a, right.executeInt(thread, frame));
        }
    }

    /** The {@code %} of two operands; it has the sign of the left one. */
    static final class Remainder extends IntOperation {
        Remainder(final Node left, final Node right, final int line) {
            super(left, right, line);
        }

        @Override
        Outline.Kind kind() {
            return Outline.Kind.REMAINDER;
        }

        @Override
        int apply(final int a, final int b) {
            if (b == 0) {
                throw new DuhtonError("%: division by zero", line());
            }
            return a % b;
        }

        @Override
        public int executeInt(final DuhtonThread thread, final int frame) {
            final int a = left.executeInt(thread, frame);
            return apply(a, right.executeInt(thread, frame));
        }
    }

    /** The {@code ^} of two operands. */
    static final class ExclusiveOr extends IntOperation {
        ExclusiveOr(final Node left, final Node right, final int line) {
            super(left, right, line);
        }

        @Override
        Outline.Kind kind() {
            return Outline.Kind.EXCLUSIVE_OR;
        }

        @Override
        int apply(final int a, final int b) {
            return a ^ b;
        }

        @Override
        public int executeInt(final DuhtonThread thread, final int frame) {
            final int a = left.executeInt(thread, frame);
            return apply(a, right.executeInt(thread, frame));
        }
    }

    /** The {@code <<} of two operands. */
    static final class ShiftLeft extends IntOperation {
        ShiftLeft(final Node left, final Node right, final int line) {
            super(left, right, line);
        }

        @Override
        Outline.Kind kind() {
            return Outline.Kind.SHIFT_LEFT;
        }

        @Override
        int apply(final int a, final int b) {
            return a << b;
        }

        @Override
        public int executeInt(final DuhtonThread thread, final int frame) {
            final int a = left.executeInt(thread, frame);
            return apply(a, right.executeInt(thread, frame));
        }
    }

    /** The {@code >>} of two operands; it keeps the sign. */
    static final class ShiftRight extends IntOperation {
        ShiftRight(final Node left, final Node right, final int line) {
            super(left, right, line);
        }

        @Override
        Outline.Kind kind() {
            return Outline.Kind.SHIFT_RIGHT;
        }

        @Override
        int apply(final int a, final int b) {
            return a >> b;
        }

        @Override
        public int executeInt(final DuhtonThread thread, final int frame) {
            final int a = left.executeInt(thread, frame);
            return apply(a, right.executeInt(thread, frame));
        }
    }
}

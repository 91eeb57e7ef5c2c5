package org.segstm.duhton.builtin;

import org.segstm.duhton.interp.BuiltinForm;
import org.segstm.duhton.interp.DuhtonThread;
import org.segstm.duhton.interp.Node;
import org.segstm.duhton.interp.Outline;

/** Comparisons of exactly two ints: {@code < <= == != > >=}. */
final class ComparisonNodes {
    private ComparisonNodes() {
    }

    /**
     * A comparison.
     *
     * @param comparison for two operands.
     * @return the form.
     */
    static BuiltinForm form(final Maker comparison) {
        return (form, scope, analyzer) -> {
            if (form.count() != 2) {
                return form.wrongArguments("comparison", "two arguments");
            }
            return comparison.make(
                analyzer.analyze(form.argument(0), scope), analyzer.analyze(form.argument(1), scope), form.line());
        };
    }

    /** Makes the node of a comparison. */
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
        Comparison make(Node left, Node right, int line);
    }

    /** The {@code <}. */
    static final class Less extends Comparison {
        Less(final Node left, final Node right, final int line) {
            super(left, right, line);
        }

        @Override
        public Outline outline() {
            return new Outline(Outline.Kind.LESS, 0, left, right);
        }

        @Override
        public boolean executeTruth(final DuhtonThread thread, final int frame) {
            final int a = left.executeInt(thread, frame);
            return a < right.executeInt(thread, frame);
        }
    }

    /** The {@code <=}. */
    static final class LessOrEqual extends Comparison {
        LessOrEqual(final Node left, final Node right, final int line) {
            super(left, right, line);
        }

        @Override
        public Outline outline() {
            return new Outline(Outline.Kind.LESS_OR_EQUAL, 0, left, right);
        }

        @Override
        public boolean executeTruth(final DuhtonThread thread, final int frame) {
            final int a = left.executeInt(thread, frame);
            return a <= right.executeInt(thread, frame);
        }
    }

    /** The {@code ==}. */
    static final class Equal extends Comparison {
        Equal(final Node left, final Node right, final int line) {
            super(left, right, line);
        }

        @Override
        public Outline outline() {
            return new Outline(Outline.Kind.EQUAL, 0, left, right);
        }

        @Override
        public boolean executeTruth(final DuhtonThread thread, final int frame) {
            final int a = left.executeInt(thread, frame);
            return a == right.executeInt(thread, frame);
        }
    }

    /** The {@code !=}. */
    static final class NotEqual extends Comparison {
        NotEqual(final Node left, final Node right, final int line) {
            super(left, right, line);
        }

        @Override
        public Outline outline() {
            return new Outline(Outline.Kind.NOT_EQUAL, 0, left, right);
        }

        @Override
        public boolean executeTruth(final DuhtonThread thread, final int frame) {
            final int a = left.executeInt(thread, frame);
            return a != right.executeInt(thread, frame);
        }
    }

    /** The {@code >}. */
    static final class Greater extends Comparison {
        Greater(final Node left, final Node right, final int line) {
            super(left, right, line);
        }

        @Override
        public Outline outline() {
            return new Outline(Outline.Kind.GREATER, 0, left, right);
        }

        @Override
        public boolean executeTruth(final DuhtonThread thread, final int frame) {
            final int a = left.executeInt(thread, frame);
            return a > right.executeInt(thread, frame);
        }
    }

    /** The {@code >=}. */
    static final class GreaterOrEqual extends Comparison {
        GreaterOrEqual(final Node left, final Node right, final int line) {
            super(left, right, line);
        }

        @Override
        public Outline outline() {
            return new Outline(Outline.Kind.GREATER_OR_EQUAL, 0, left, right);
        }

        @Override
        public boolean executeTruth(final DuhtonThread thread, final int frame) {
            final int a = left.executeInt(thread, frame);
            return a >= right.executeInt(thread, frame);
        }
    }
}

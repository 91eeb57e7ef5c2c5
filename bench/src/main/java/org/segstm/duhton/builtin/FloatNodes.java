package org.segstm.duhton.builtin;

import java.util.List;
import org.segstm.duhton.interp.Analyzer;
import org.segstm.duhton.interp.BuiltinForm;
import org.segstm.duhton.interp.DuhtonThread;
import org.segstm.duhton.interp.Form;
import org.segstm.duhton.interp.Node;
import org.segstm.duhton.interp.Outline;
import org.segstm.duhton.interp.Scope;
import org.segstm.duhton.value.Values;

/** Floats: {@code float int sqrt}, and {@code +. -. *. /.}, folded from the left as the forms for ints are. */
final class FloatNodes {
    private FloatNodes() {
    }

    /** A number as a float, or the quotient of two: the language has no other way to write 0.1. */
    static Node toFloat(final Form form, final Scope scope, final Analyzer analyzer) {
        switch (form.count()) {
            case 1:
                return new Convert(analyzer.analyze(form.argument(0), scope), form.line());
            case 2:
                return new Divide(
                    analyzer.analyze(form.argument(0), scope), analyzer.analyze(form.argument(1), scope), form.line());
            default:
                return form.wrongArguments("one or two arguments");
        }
    }

    static Node toInt(final Form form, final Scope scope, final Analyzer analyzer) {
        return form.count() == 1
            ? new Truncate(analyzer.analyze(form.argument(0), scope), form.line())
            : form.wrongArguments("one argument");
    }

    static Node squareRoot(final Form form, final Scope scope, final Analyzer analyzer) {
        return form.count() == 1
            ? new SquareRoot(analyzer.analyze(form.argument(0), scope), form.line())
            : form.wrongArguments("one argument");
    }

    /**
     * A fold from the left.
     *
     * @param none      what it is without arguments.
     * @param operation for two operands.
     * @return the form.
     */
    static BuiltinForm fold(final int none, final Maker operation) {
        return (form, scope, analyzer) -> {
            final List<Node> operands = analyzer.analyzeAll(form.arguments(), scope);
            if (operands.isEmpty()) {
                return new Constant(none, form.line());
            }
            Node result = operands.get(0);
            for (final Node operand : operands.subList(1, operands.size())) {
                result = operation.make(result, operand, form.line());
            }
            return operands.size() == 1 ? new Convert(result, form.line()) : result;
        };
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
        Node make(Node left, Node right, int line);
    }

    /** A float that is known beforehand. */
    private static final class Constant extends FloatNode {
        private final double number;

        Constant(final double number, final int line) {
            super(line);
            this.number = number;
        }

        @Override
        public Outline outline() {
            return new Outline(Outline.Kind.FLOAT_CONSTANT, Double.doubleToRawLongBits(number));
        }

        @Override
        double executeFloat(final DuhtonThread thread, final int frame) {
            return number;
        }

        @Override
        public boolean reachesSafepoint() {
            return false;
        }
    }

    /** An operation on one number. */
    private abstract static class Unary extends FloatNode {
        final Node operand;

        Unary(final Node operand, final int line) {
            super(line);
            this.operand = operand;
        }

        @Override
        public final boolean reachesSafepoint() {
            return operand.reachesSafepoint();
        }
    }

    private static final class Convert extends Unary {
        Convert(final Node operand, final int line) {
            super(operand, line);
        }

        @Override
        public Outline outline() {
            return new Outline(Outline.Kind.TO_FLOAT, 0, operand);
        }

        @Override
        double executeFloat(final DuhtonThread thread, final int frame) {
            return evaluate(operand, thread, frame);
        }
    }

    private static final class SquareRoot extends Unary {
        SquareRoot(final Node operand, final int line) {
            super(operand, line);
        }

        @Override
        public Outline outline() {
            return new Outline(Outline.Kind.FLOAT_ROOT, 0, operand);
        }

        @Override
        double executeFloat(final DuhtonThread thread, final int frame) {
            return Math.sqrt(evaluate(operand, thread, frame));
        }
    }

    /** An operation on two numbers. */
    private abstract static class Binary extends FloatNode {
        final Node left;
        final Node right;

        Binary(final Node left, final Node right, final int line) {
            super(line);
            this.left = left;
            this.right = right;
        }

        @Override
        public final boolean reachesSafepoint() {
            return anyReachesSafepoint(left, right);
        }
    }

    /** The {@code +.} of two operands. */
    static final class Add extends Binary {
        Add(final Node left, final Node right, final int line) {
            super(left, right, line);
        }

        @Override
        public Outline outline() {
            return new Outline(Outline.Kind.FLOAT_ADD, 0, left, right);
        }

        @Override
        double executeFloat(final DuhtonThread thread, final int frame) {
            final double a = evaluate(left, thread, frame);
            return a + evaluate(right, thread, frame);
        }
    }

    /** The {@code -.} of two operands. */
    static final class Subtract extends Binary {
        Subtract(final Node left, final Node right, final int line) {
            super(left, right, line);
        }

        @Override
        public Outline outline() {
            return new Outline(Outline.Kind.FLOAT_SUBTRACT, 0, left, right);
        }

        @Override
        double executeFloat(final DuhtonThread thread, final int frame) {
            final double a = evaluate(left, thread, frame);
            return a - evaluate(right, thread, frame);
        }
    }

    /** The {@code *.} of two operands. */
    static final class Multiply extends Binary {
        Multiply(final Node left, final Node right, final int line) {
            super(left, right, line);
        }

        @Override
        public Outline outline() {
            return new Outline(Outline.Kind.FLOAT_MULTIPLY, 0, left, right);
        }

        @Override
        double executeFloat(final DuhtonThread thread, final int frame) {
            final double a = evaluate(left, thread, frame);
            return a * evaluate(right, thread, frame);
        }
    }

    /** The {@code /.} of two operands; by zero it is infinite or no number. */
    static final class Divide extends Binary {
        Divide(final Node left, final Node right, final int line) {
            super(left, right, line);
        }

        @Override
        public Outline outline() {
            return new Outline(Outline.Kind.FLOAT_DIVIDE, 0, left, right);
        }

        @Override
        double executeFloat(final DuhtonThread thread, final int frame) {
            final double a = evaluate(left, thread, frame);
            return a / evaluate(right, thread, frame);
        }
    }

    /** The int nearest to a float in the direction of 0. */
    private static final class Truncate extends Node {
        private final Node operand;

        Truncate(final Node operand, final int line) {
            super(line);
            this.operand = operand;
        }

        @Override
        public Outline outline() {
            return new Outline(Outline.Kind.TRUNCATE, 0, operand);
        }

        @Override
        public int executeInt(final DuhtonThread thread, final int frame) {
            return (int) FloatNode.evaluate(operand, thread, frame);
        }

        @Override
        public long execute(final DuhtonThread thread, final int frame) {
            return Values.ofInt(executeInt(thread, frame));
        }

        @Override
        public boolean reachesSafepoint() {
            return operand.reachesSafepoint();
        }
    }
}

package org.segstm.duhton.builtin;

import org.segstm.duhton.interp.DuhtonThread;
import org.segstm.duhton.interp.Node;
import org.segstm.duhton.value.Values;

/** An expression that gives a float. Float expressions inside one another make no objects of what they hand on. */
abstract class FloatNode extends Node {
    FloatNode(final int line) {
        super(line);
    }

    /**
     * Evaluates the expression.
     *
     * @param thread that evaluates, in a transaction.
     * @param frame  index of the running function's first variable on the shadow stack.
     * @return the number.
     */
    abstract double executeFloat(DuhtonThread thread, int frame);

    @Override
    public final long execute(final DuhtonThread thread, final int frame) {
        return thread.shapes().newFloat(thread.mutator(), executeFloat(thread, frame));
    }

    @Override
    public final boolean executeTruth(final DuhtonThread thread, final int frame) {
        return executeFloat(thread, frame) != 0;
    }

    /**
     * Evaluates an expression that has to give a float or an int.
     *
     * @param node   the expression.
     * @param thread that evaluates, in a transaction.
     * @param frame  index of the running function's first variable on the shadow stack.
     * @return the number.
     */
    static double evaluate(final Node node, final DuhtonThread thread, final int frame) {
        if (node instanceof FloatNode) {
            return ((FloatNode) node).executeFloat(thread, frame);
        }
        final long value = node.execute(thread, frame);
        if (Values.isInt(value)) {
            return Values.intOf(value);
        }
        if (!thread.shapes().isFloat(thread.mutator(), value)) {
            throw thread.typeError("DuFloat_AsFloat", "float", value, node.line());
        }
        return thread.shapes().floatOf(thread.mutator(), value);
    }
}

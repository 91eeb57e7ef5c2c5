package org.segstm.duhton.builtin;

import org.segstm.duhton.interp.DuhtonThread;
import org.segstm.duhton.interp.Node;
import org.segstm.duhton.interp.Outline;
import org.segstm.duhton.value.Values;

/** An operation on two ints. Each one overrides {@link #executeInt} itself, so that the JIT sees one target in it. */
abstract class IntOperation extends Node {
    final Node left;
    final Node right;

    IntOperation(final Node left, final Node right, final int line) {
        super(line);
        this.left = left;
        this.right = right;
    }

    /**
     * The operation.
     *
     * @param a left operand.
     * @param b right operand.
     * @return the result.
     */
    abstract int apply(int a, int b);

    /** Which operation it is, for a compiler. */
    abstract Outline.Kind kind();

    @Override
    public final Outline outline() {
        return new Outline(kind(), 0, left, right);
    }

    @Override
    public abstract int executeInt(DuhtonThread thread, int frame);

    @Override
    public final long execute(final DuhtonThread thread, final int frame) {
        return Values.ofInt(executeInt(thread, frame));
    }

    @Override
    public final boolean executeTruth(final DuhtonThread thread, final int frame) {
        return executeInt(thread, frame) != 0;
    }

    @Override
    public final boolean reachesSafepoint() {
        return anyReachesSafepoint(left, right);
    }
}

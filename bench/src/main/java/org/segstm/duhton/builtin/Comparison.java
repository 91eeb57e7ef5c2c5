package org.segstm.duhton.builtin;

import org.segstm.duhton.interp.DuhtonThread;
import org.segstm.duhton.interp.Node;
import org.segstm.duhton.value.Values;

/** A comparison of two ints. Each one overrides {@link #executeTruth} itself. */
abstract class Comparison extends Node {
    final Node left;
    final Node right;

    Comparison(final Node left, final Node right, final int line) {
        super(line);
        this.left = left;
        this.right = right;
    }

    @Override
    public abstract boolean executeTruth(DuhtonThread thread, int frame);

    @Override
    public final int executeInt(final DuhtonThread thread, final int frame) {
        return executeTruth(thread, frame) ? 1 : 0;
    }

    @Override
    public final long execute(final DuhtonThread thread, final int frame) {
        return Values.ofBoolean(executeTruth(thread, frame));
    }

    @Override
    public final boolean reachesSafepoint() {
        return anyReachesSafepoint(left, right);
    }
}

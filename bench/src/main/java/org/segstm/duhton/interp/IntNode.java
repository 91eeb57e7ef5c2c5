package org.segstm.duhton.interp;

import org.segstm.duhton.value.Values;

/** An int of the source. */
public final class IntNode extends Node {
    private final int number;

    /**
     * An int.
     *
     * @param number its value.
     * @param line   of the source.
     */
    public IntNode(final int number, final int line) {
        super(line);
        this.number = number;
    }

    @Override
    public Outline outline() {
        return new Outline(Outline.Kind.INT, number);
    }

    @Override
    public long execute(final DuhtonThread thread, final int frame) {
        return Values.ofInt(number);
    }

    @Override
    public int executeInt(final DuhtonThread thread, final int frame) {
        return number;
    }

    @Override
    public boolean executeTruth(final DuhtonThread thread, final int frame) {
        return number != 0;
    }

    @Override
    public boolean reachesSafepoint() {
        return false;
    }
}

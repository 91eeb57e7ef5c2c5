package org.segstm.duhton.interp;

/** A value that is known beforehand: None, a quoted datum. Objects among them are committed and never move. */
public final class ConstantNode extends Node {
    private final long value;

    /**
     * A constant.
     *
     * @param value its value.
     * @param line  of the source.
     */
    public ConstantNode(final long value, final int line) {
        super(line);
        this.value = value;
    }

    @Override
    public Outline outline() {
        return new Outline(Outline.Kind.CONSTANT, value);
    }

    @Override
    public long execute(final DuhtonThread thread, final int frame) {
        return value;
    }

    @Override
    public boolean reachesSafepoint() {
        return false;
    }
}

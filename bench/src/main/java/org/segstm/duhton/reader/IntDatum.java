package org.segstm.duhton.reader;

/** An integer of the source. */
public final class IntDatum extends Datum {
    private final int value;

    /**
     * An integer.
     *
     * @param value    of it.
     * @param location of it, see {@link Location}.
     */
    public IntDatum(final int value, final long location) {
        super(location);
        this.value = value;
    }

    /**
     * The integer.
     *
     * @return its value.
     */
    public int value() {
        return value;
    }

    @Override
    public String typeName() {
        return "int";
    }

    @Override
    void print(final StringBuilder text) {
        text.append(value);
    }
}

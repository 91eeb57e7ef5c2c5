package org.segstm.duhton.reader;

/** An integer of the source. */
public final class IntDatum extends Datum {
    private final int value;

    /**
     * An integer.
     *
     * @param value of it.
     * @param line  of the source.
     */
    public IntDatum(final int value, final int line) {
        super(line);
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

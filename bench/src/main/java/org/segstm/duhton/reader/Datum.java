package org.segstm.duhton.reader;

/** A piece of program text as data: an int, a symbol or a list. */
public abstract class Datum {
    private final int line;

    Datum(final int line) {
        this.line = line;
    }

    /**
     * Where it starts.
     *
     * @return line of the source, from 1.
     */
    public final int line() {
        return line;
    }

    /**
     * Levels of lists in lists: 0 for an int or a symbol, 1 for a list of those.
     *
     * @return the height.
     */
    public int height() {
        return 0;
    }

    /**
     * The type that the value of this datum has when it is quoted.
     *
     * @return name of the type.
     */
    public abstract String typeName();

    /**
     * Appends the printed form, which is that of the quoted value.
     *
     * @param text to append to.
     */
    abstract void print(StringBuilder text);

    @Override
    public final String toString() {
        final StringBuilder text = new StringBuilder();
        print(text);
        return text.toString();
    }
}

package org.segstm.duhton.reader;

/** A piece of program text as data: an int, a symbol or a list. */
public abstract class Datum {
    private final long location;

    Datum(final long location) {
        this.location = location;
    }

    /**
     * Where it starts.
     *
     * @return line and column, see {@link Location}.
     */
    public final long location() {
        return location;
    }

    /**
     * Where it starts.
     *
     * @return line of the source, from 1.
     */
    public final int line() {
        return Location.line(location);
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

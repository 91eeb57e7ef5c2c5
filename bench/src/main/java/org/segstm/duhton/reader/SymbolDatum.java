package org.segstm.duhton.reader;

/** A symbol of the source. */
public final class SymbolDatum extends Datum {
    private final String name;

    /**
     * A symbol.
     *
     * @param name     of it.
     * @param location of it, see {@link Location}.
     */
    public SymbolDatum(final String name, final long location) {
        super(location);
        this.name = name;
    }

    /**
     * The symbol's name.
     *
     * @return name.
     */
    public String name() {
        return name;
    }

    @Override
    public String typeName() {
        return "symbol";
    }

    @Override
    void print(final StringBuilder text) {
        text.append('\'').append(name).append('\'');
    }
}

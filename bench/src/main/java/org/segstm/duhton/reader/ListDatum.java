package org.segstm.duhton.reader;

import java.util.List;

/** A list of the source; empty it stands for None. */
public final class ListDatum extends Datum {
    private final List<Datum> items;
    private final int height;

    /**
     * A list.
     *
     * @param items    in it.
     * @param location of its opening parenthesis, see {@link Location}.
     */
    public ListDatum(final List<Datum> items, final long location) {
        super(location);
        this.items = List.copyOf(items);
        this.height = 1 + this.items.stream().mapToInt(Datum::height).max().orElse(0);
    }

    /**
     * What is in the list.
     *
     * @return the items, unmodifiable.
     */
    public List<Datum> items() {
        return items;
    }

    /**
     * Is it a call of that name?
     *
     * @param name of a form.
     * @return true when the first item is the symbol of that name.
     */
    public boolean isCallOf(final String name) {
        return !items.isEmpty() && items.get(0) instanceof SymbolDatum
            && ((SymbolDatum) items.get(0)).name().equals(name);
    }

    @Override
    public int height() {
        return height;
    }

    @Override
    public String typeName() {
        return items.isEmpty() ? "NoneType" : "cons";
    }

    @Override
    void print(final StringBuilder text) {
        if (items.isEmpty()) {
            text.append("None");
            return;
        }
        text.append("( ");
        for (final Datum item : items) {
            item.print(text);
            text.append(' ');
        }
        text.append(')');
    }
}

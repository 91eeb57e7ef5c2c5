package org.segstm.duhton.value;

import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.segstm.duhton.reader.Datum;
import org.segstm.duhton.reader.IntDatum;
import org.segstm.duhton.reader.ListDatum;
import org.segstm.duhton.reader.SymbolDatum;
import org.segstm.heap.GlobalRoot;
import org.segstm.heap.Mutator;
import org.segstm.heap.SegmentHeap;

/**
 * What a program's text puts into the heap before it runs: its symbols and its quoted data. All is committed, hence
 * never moves, and is kept alive by one global root: a chain of conses.
 */
public final class Constants {
    private static final String NONE_VARIABLE = "None";
    private static final String REASON = "constants of the program";

    private final Mutator mutator;
    private final Shapes shapes;
    private final Symbols symbols;
    private final GlobalRoot chain;
    private final Map<Datum, Long> quoted = new IdentityHashMap<>();

    /**
     * Starts with the symbols that every program has.
     *
     * @param heap    of the program.
     * @param mutator of the main program, not in a transaction.
     * @param shapes  of the heap.
     * @param symbols to add to.
     */
    public Constants(final SegmentHeap heap, final Mutator mutator, final Shapes shapes, final Symbols symbols) {
        this.mutator = mutator;
        this.shapes = shapes;
        this.symbols = symbols;
        this.chain = heap.newGlobalRoot("duhton constants");
        internNames(List.of(NONE_VARIABLE, Shapes.NONE_TYPE, Shapes.INT_TYPE, shapes.symbol.name(),
            shapes.cons.name(), shapes.list.name(), shapes.container.name(), shapes.floatNumber.name()));
    }

    /**
     * Adds what a piece of text needs. Called between transactions, while no worker runs.
     *
     * @param names of symbols.
     * @param data  that is quoted; their symbols are among the names or known before.
     */
    public void intern(final Collection<String> names, final List<Datum> data) {
        internNames(names);
        if (!data.isEmpty()) {
            internData(data);
        }
    }

    /**
     * The value of a quoted datum.
     *
     * @param datum that was interned.
     * @return int, None or ref of a committed object.
     */
    public long valueOf(final Datum datum) {
        return quoted.get(datum);
    }

    private void internNames(final Collection<String> names) {
        final List<String> unknown = symbols.unknown(names);
        if (unknown.isEmpty()) {
            return;
        }
        mutator.beginInevitable(REASON);
        final int base = mutator.rootDepth();
        long kept = chain.get();
        int id = symbols.size();
        for (final String name : unknown) {
            final long ref = shapes.newSymbol(mutator, id++);
            if (name.equals(NONE_VARIABLE)) {
                mutator.putRef(ref, shapes.symbolValue, Values.NONE);
            }
            kept = shapes.newCons(mutator, ref, kept);
            mutator.push(ref);
        }
        commitKeeping(kept);
        for (int i = 0; i < unknown.size(); i++) {
            symbols.add(unknown.get(i), mutator.root(base + i));
        }
        mutator.truncateRoots(base);
    }

    private void internData(final List<Datum> data) {
        mutator.beginInevitable(REASON);
        final int base = mutator.rootDepth();
        long kept = chain.get();
        for (final Datum datum : data) {
            final long value = build(datum);
            kept = shapes.newCons(mutator, value, kept);
            mutator.push(value);
        }
        commitKeeping(kept);
        for (int i = 0; i < data.size(); i++) {
            quoted.put(data.get(i), mutator.root(base + i));
        }
        mutator.truncateRoots(base);
    }

    private void commitKeeping(final long kept) {
        mutator.push(kept);
        // In no-STM mode a commit leaves young objects where they are, to be moved later: nodes rely on refs that stay.
        mutator.collectNursery();
        mutator.commit();
        chain.set(mutator.pop());
    }

    private long build(final Datum datum) {
        if (datum instanceof IntDatum) {
            return Values.ofInt(((IntDatum) datum).value());
        }
        if (datum instanceof SymbolDatum) {
            return symbols.ref(((SymbolDatum) datum).name());
        }
        final List<Datum> items = ((ListDatum) datum).items();
        long rest = Values.NONE;
        for (int i = items.size() - 1; i >= 0; i--) {
            rest = shapes.newCons(mutator, build(items.get(i)), rest);
        }
        return rest;
    }
}

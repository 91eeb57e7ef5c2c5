package org.segstm.bench.compare.peer.clojure;

import clojure.lang.Ref;
import org.segstm.bench.compare.peer.Chain;
import org.segstm.bench.compare.peer.Session;
import org.segstm.bench.compare.peer.Store;
import org.segstm.bench.compare.peer.StoreShape;

/** Refs to boxed numbers and to immutable lists of map entries. */
public final class ClojureStore implements Store {
    private final Ref[] cells;
    private final Ref[] buckets;

    /**
     * Sets the refs up.
     *
     * @param shape   to begin with.
     * @param history old values that each cell keeps for long readers; Clojure's default is 0.
     */
    public ClojureStore(final StoreShape shape, final int history) {
        cells = new Ref[shape.cells()];
        for (int i = 0; i < cells.length; i++) {
            cells[i] = new Ref(shape.initialValue().of(i));
            cells[i].setMinHistory(history);
        }
        buckets = new Ref[shape.buckets()];
        final Chain[] chains = Chain.initial(shape);
        for (int i = 0; i < buckets.length; i++) {
            buckets[i] = new Ref(chains[i]);
        }
    }

    @Override
    public Session newSession(final String name) {
        return new ClojureSession(cells, buckets);
    }
}

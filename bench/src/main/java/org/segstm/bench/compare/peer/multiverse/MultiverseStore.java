package org.segstm.bench.compare.peer.multiverse;

import org.multiverse.api.references.TxnLong;
import org.multiverse.api.references.TxnRef;
import org.multiverse.api.references.TxnRefFactory;
import org.multiverse.stms.gamma.GammaStm;
import org.segstm.bench.compare.peer.Chain;
import org.segstm.bench.compare.peer.Session;
import org.segstm.bench.compare.peer.Store;
import org.segstm.bench.compare.peer.StoreShape;

import java.util.ArrayList;
import java.util.List;

/** References of Multiverse. Its own hash map cannot put or remove, so buckets are references to immutable lists. */
public final class MultiverseStore implements Store {
    private final GammaStm stm = new GammaStm();
    private final TxnLong[] cells;
    private final List<TxnRef<Chain>> buckets = new ArrayList<>();

    /**
     * Sets the references up.
     *
     * @param shape to begin with.
     */
    public MultiverseStore(final StoreShape shape) {
        final TxnRefFactory factory = stm.getDefaultRefFactory();
        cells = new TxnLong[shape.cells()];
        for (int i = 0; i < cells.length; i++) {
            cells[i] = factory.newTxnLong(shape.initialValue().of(i));
        }
        for (final Chain chain : Chain.initial(shape)) {
            buckets.add(factory.newTxnRef(chain));
        }
    }

    @Override
    public Session newSession(final String name) {
        return new MultiverseSession(stm, cells, buckets);
    }
}

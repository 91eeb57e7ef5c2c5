package org.segstm.bench.compare.peer.plain;

import org.segstm.bench.compare.peer.Session;
import org.segstm.bench.compare.peer.Store;
import org.segstm.bench.compare.peer.StoreShape;

/** Plain data for one thread. */
public final class PlainStore implements Store {
    private final PlainData data;

    /**
     * Sets the data up.
     *
     * @param shape to begin with.
     */
    public PlainStore(final StoreShape shape) {
        data = new PlainData(shape);
    }

    @Override
    public Session newSession(final String name) {
        return new PlainSession(data);
    }
}

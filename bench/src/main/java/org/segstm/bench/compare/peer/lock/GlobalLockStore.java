package org.segstm.bench.compare.peer.lock;

import org.segstm.bench.compare.peer.Session;
import org.segstm.bench.compare.peer.Step;
import org.segstm.bench.compare.peer.Store;
import org.segstm.bench.compare.peer.StoreShape;
import org.segstm.bench.compare.peer.plain.PlainData;
import org.segstm.bench.compare.peer.plain.PlainSession;

/** One monitor around each step. */
public final class GlobalLockStore implements Store {
    private final PlainData data;
    private final Object lock = new Object();

    /**
     * Sets the data up.
     *
     * @param shape to begin with.
     */
    public GlobalLockStore(final StoreShape shape) {
        data = new PlainData(shape);
    }

    @Override
    public Session newSession(final String name) {
        return new PlainSession(data) {
            @Override
            public Runnable prepare(final Step step) {
                return () -> {
                    synchronized (lock) {
                        step.run();
                    }
                };
            }
        };
    }
}

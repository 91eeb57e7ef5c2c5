package org.segstm.bench.compare.peer.lock;

import org.segstm.bench.compare.peer.Session;
import org.segstm.bench.compare.peer.Step;
import org.segstm.bench.compare.peer.Store;
import org.segstm.bench.compare.peer.StoreShape;
import org.segstm.bench.compare.peer.plain.PlainData;
import org.segstm.bench.compare.peer.plain.PlainSession;

import java.util.Arrays;
import java.util.concurrent.locks.StampedLock;

/**
 * A lock for each cell and bucket. A step says before it runs what it touches; that is locked in ascending order, so
 * that nobody waits in a circle. Exclusive also for readers: taking and giving back a shared lock costs one atomic
 * operation more, and among thousands of cells readers seldom meet.
 */
public final class OrderedLocksStore implements Store {
    private final PlainData data;
    private final StampedLock[] locks;

    /**
     * Sets the data up.
     *
     * @param shape to begin with.
     */
    public OrderedLocksStore(final StoreShape shape) {
        data = new PlainData(shape);
        locks = new StampedLock[Math.max(shape.cells(), shape.buckets())];
        Arrays.setAll(locks, i -> new StampedLock());
    }

    @Override
    public Session newSession(final String name) {
        return new PlainSession(data) {
            @Override
            public Runnable prepare(final Step step) {
                final int[] sorted = new int[step.footprint().length];
                final long[] stamps = new long[sorted.length];
                return () -> runLocked(step, sorted, stamps);
            }
        };
    }

    private void runLocked(final Step step, final int[] sorted, final long[] stamps) {
        final int[] footprint = step.footprint();
        System.arraycopy(footprint, 0, sorted, 0, sorted.length);
        Arrays.sort(sorted);
        for (int i = 0; i < sorted.length; i++) {
            if (i == 0 || sorted[i] != sorted[i - 1]) {
                stamps[i] = locks[sorted[i]].writeLock();
            }
        }
        try {
            step.run();
        } finally {
            for (int i = 0; i < sorted.length; i++) {
                if (i == 0 || sorted[i] != sorted[i - 1]) {
                    locks[sorted[i]].unlockWrite(stamps[i]);
                }
            }
        }
    }
}

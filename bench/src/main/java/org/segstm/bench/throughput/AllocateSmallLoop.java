package org.segstm.bench.throughput;

import org.segstm.heap.Mutator;
import org.segstm.heap.TransactionAbortedException;

import static org.segstm.bench.throughput.BenchHeap.SMALL;

/** Transactions that allocate some 10,000 objects of 16 bytes, all dying. */
final class AllocateSmallLoop extends TransactionLoop {
    private static final int SAFEPOINTS = 160;
    private static final int OBJECTS_BETWEEN_SAFEPOINTS = 64;

    AllocateSmallLoop(final Mutator mutator, final long[] cells, final long seed) {
        super(mutator, cells, seed);
    }

    @Override
    void runBatch() {
        final Mutator m = mutator;
        m.begin();
        try {
            for (int i = 0; i < SAFEPOINTS; i++) {
                for (int j = 0; j < OBJECTS_BETWEEN_SAFEPOINTS; j++) {
                    m.allocate(SMALL);
                }
                m.safepoint();
            }
            m.commit();
            committed++;
        } catch (final TransactionAbortedException e) {
            aborted++;
        }
    }

    @Override
    long operationsPerTransaction() {
        return objectsPerTransaction();
    }

    @Override
    long objectsPerTransaction() {
        return (long) SAFEPOINTS * OBJECTS_BETWEEN_SAFEPOINTS;
    }
}

package org.segstm.bench.layout;

import org.segstm.heap.Mutator;

import static org.segstm.bench.layout.LayoutHeap.NODE;

/** Objects that all die: 4096 in a transaction, 256 between two safepoints. */
final class GarbageLoop extends LayoutLoop {
    private static final int SAFEPOINTS = 16;
    private static final int OBJECTS_BETWEEN_SAFEPOINTS = 256;

    GarbageLoop(final Mutator mutator, final long[] cells, final long seed) {
        super(mutator, cells, seed);
    }

    @Override
    void runBatch() {
        final Mutator m = mutator;
        long last = 0;
        m.begin();
        for (int i = 0; i < SAFEPOINTS; i++) {
            for (int j = 0; j < OBJECTS_BETWEEN_SAFEPOINTS; j++) {
                last += m.allocate(NODE);
            }
            m.safepoint();
        }
        if (m.tryCommit()) {
            committed++;
        } else {
            aborted++;
        }
        sink += last;
    }

    @Override
    long operationsPerTransaction() {
        return SAFEPOINTS * OBJECTS_BETWEEN_SAFEPOINTS;
    }
}

package org.segstm.bench.layout;

import org.segstm.heap.Mutator;

import static org.segstm.bench.layout.LayoutHeap.COUNT;

/** 1 random increment. */
final class OneWriteLoop extends LayoutLoop {
    private static final int TRANSACTIONS_IN_BATCH = 1000;

    OneWriteLoop(final Mutator mutator, final long[] cells, final long seed) {
        super(mutator, cells, seed);
    }

    @Override
    void runBatch() {
        final Mutator m = mutator;
        final long[] refs = cells;
        long rnd = random;
        int left = TRANSACTIONS_IN_BATCH;
        while (left > 0) {
            rnd = nextRandom(rnd);
            final long ref = refs[below(refs.length, rnd)];
            m.begin();
            m.putLong(ref, COUNT, m.getLong(ref, COUNT) + 1);
            if (m.tryCommit()) {
                committed++;
                left--;
            } else {
                aborted++;
            }
        }
        random = rnd;
    }

    @Override
    long incrementsPerTransaction() {
        return 1;
    }
}

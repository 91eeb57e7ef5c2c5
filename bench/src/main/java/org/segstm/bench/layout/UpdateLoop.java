package org.segstm.bench.layout;

import org.segstm.heap.Mutator;

import static org.segstm.bench.layout.LayoutHeap.COUNT;

/** 10 random reads, 2 random increments. */
final class UpdateLoop extends LayoutLoop {
    private static final int TRANSACTIONS_IN_BATCH = 500;
    private static final int READS = 10;
    private static final int WRITES = 2;

    UpdateLoop(final Mutator mutator, final long[] cells, final long seed) {
        super(mutator, cells, seed);
    }

    @Override
    void runBatch() {
        final Mutator m = mutator;
        final long[] refs = cells;
        long rnd = random;
        long sum = 0;
        int left = TRANSACTIONS_IN_BATCH;
        while (left > 0) {
            m.begin();
            for (int i = 0; i < READS; i++) {
                rnd = nextRandom(rnd);
                sum += m.getLong(refs[below(refs.length, rnd)], COUNT);
            }
            for (int i = 0; i < WRITES; i++) {
                rnd = nextRandom(rnd);
                final long ref = refs[below(refs.length, rnd)];
                m.putLong(ref, COUNT, m.getLong(ref, COUNT) + 1);
            }
            if (m.tryCommit()) {
                committed++;
                left--;
            } else {
                aborted++;
            }
        }
        random = rnd;
        sink += sum;
    }

    @Override
    long incrementsPerTransaction() {
        return WRITES;
    }
}

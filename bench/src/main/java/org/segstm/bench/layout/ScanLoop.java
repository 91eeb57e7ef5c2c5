package org.segstm.bench.layout;

import org.segstm.heap.Mutator;

import static org.segstm.bench.layout.LayoutHeap.COUNT;

/** Reads of 1000 neighbours, from a random cell on. */
final class ScanLoop extends LayoutLoop {
    private static final int TRANSACTIONS_IN_BATCH = 20;
    private static final int READS = 1000;

    ScanLoop(final Mutator mutator, final long[] cells, final long seed) {
        super(mutator, cells, seed);
    }

    @Override
    void runBatch() {
        final Mutator m = mutator;
        final long[] refs = cells;
        final int reads = Math.min(READS, refs.length);
        long rnd = random;
        long sum = 0;
        int left = TRANSACTIONS_IN_BATCH;
        while (left > 0) {
            rnd = nextRandom(rnd);
            final int first = below(refs.length - reads + 1, rnd);
            m.begin();
            for (int i = first; i < first + reads; i++) {
                sum += m.getLong(refs[i], COUNT);
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
}

package org.segstm.bench.throughput;

import org.segstm.heap.Mutator;

import static org.segstm.bench.throughput.BenchHeap.COUNT;

/** 10 random reads. */
final class ReadLoop extends TransactionLoop {
    private static final int TRANSACTIONS_IN_BATCH = 1000;
    private static final int READS = 10;

    ReadLoop(final Mutator mutator, final long[] cells, final long seed) {
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

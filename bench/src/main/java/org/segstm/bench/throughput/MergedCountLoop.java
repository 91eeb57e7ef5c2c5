package org.segstm.bench.throughput;

import org.segstm.heap.Mutator;

import static org.segstm.bench.throughput.BenchHeap.COUNT;
import static org.segstm.bench.throughput.BenchHeap.MERGED;

/** The same as {@link SharedCountLoop} with a mergeable counter. */
final class MergedCountLoop extends TransactionLoop {
    private static final int TRANSACTIONS_IN_BATCH = 100;
    private static final int READS = 100;

    MergedCountLoop(final Mutator mutator, final long[] cells, final long seed) {
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
            m.add(refs[0], MERGED, 1);
            for (int i = 0; i < READS; i++) {
                rnd = nextRandom(rnd);
                sum += m.getLong(refs[1 + below(refs.length - 1, rnd)], COUNT);
            }
            if (m.tryCommit()) {
                committed++;
                left--;
            } else {
                aborted++;
            }
        }
        sink += sum;
        random = rnd;
    }

    @Override
    long incrementsPerTransaction() {
        return 1;
    }
}

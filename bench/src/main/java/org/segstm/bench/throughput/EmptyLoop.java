package org.segstm.bench.throughput;

import org.segstm.heap.Mutator;

/** Begin and commit. */
final class EmptyLoop extends TransactionLoop {
    private static final int TRANSACTIONS_IN_BATCH = 4000;

    EmptyLoop(final Mutator mutator, final long[] cells, final long seed) {
        super(mutator, cells, seed);
    }

    @Override
    void runBatch() {
        int left = TRANSACTIONS_IN_BATCH;
        while (left > 0) {
            mutator.begin();
            if (mutator.tryCommit()) {
                committed++;
                left--;
            } else {
                aborted++;
            }
        }
    }
}

package org.segstm.bench.layout;

import org.segstm.heap.Mutator;

/**
 * What one thread does in a workload, in batches: between them it looks whether time is up. A subclass writes its
 * transaction out in full, so that the heap is measured and not an abstraction over it.
 */
abstract class LayoutLoop {
    /** Drives the transactions. */
    final Mutator mutator;
    /** Refs of the shared cells. */
    final long[] cells;
    /** State of the random numbers, never 0; a subclass keeps it in a local during a batch. */
    long random;
    /** Transactions committed since the start. */
    long committed;
    /** Transactions rolled back since the start. */
    long aborted;
    /** Takes results, so that reads are not optimized away. */
    long sink;

    LayoutLoop(final Mutator mutator, final long[] cells, final long seed) {
        this.mutator = mutator;
        this.cells = cells;
        this.random = seed;
    }

    /** Runs some dozen microseconds of transactions, retried until they have committed. */
    abstract void runBatch();

    /**
     * Operations that one committed transaction counts for.
     *
     * @return 1, or the number of objects where objects are counted.
     */
    long operationsPerTransaction() {
        return 1;
    }

    /**
     * What one committed transaction adds to the cells.
     *
     * @return number of increments.
     */
    long incrementsPerTransaction() {
        return 0;
    }

    /**
     * Looks at what belongs to this loop alone, after the last batch.
     *
     * @return what is wrong, empty when nothing is.
     */
    String check() {
        return "";
    }

    /** Marsaglia, Xorshift RNGs (2003): period 2^64 - 1. */
    static long nextRandom(final long state) {
        long x = state;
        x ^= x << 13;
        x ^= x >>> 7;
        return x ^ x << 17;
    }

    /** A number below the bound, from the upper half of the state. */
    static int below(final int bound, final long state) {
        return (int) ((state >>> Integer.SIZE) * bound >>> Integer.SIZE);
    }
}

package org.segstm.bench.compare.workload;

import org.segstm.bench.compare.peer.Session;
import org.segstm.bench.compare.peer.Step;

import java.util.List;

/**
 * What one thread does: one kind of transaction over and over, in batches, between which it looks whether time is up.
 * Random numbers are drawn before a transaction begins, so that a retry does the same again.
 */
public abstract class Program {
    private static final long SEED = 0x9E3779B97F4A7C15L;
    private final Session session;
    private final Round round;
    private final int transactionsInBatch;
    /** State of the random numbers, never 0. */
    private long random;
    private long committed;
    private long attempts;
    private int tries;
    private String failure = "";

    /**
     * Makes a program.
     *
     * @param place               where it runs.
     * @param transactionsInBatch so many that a batch takes some dozen microseconds, if possible.
     */
    protected Program(final Place place, final int transactionsInBatch) {
        this.session = place.session();
        this.round = place.round();
        this.transactionsInBatch = transactionsInBatch;
        this.random = SEED * (place.index() + 1);
    }

    /** Runs a batch, or part of it when the round ends while a transaction is tried again and again. */
    public final void runBatch() {
        try {
            for (int i = 0; i < transactionsInBatch; i++) {
                tries = 0;
                runTransaction();
                committed++;
                attempts += tries;
            }
        } catch (final RoundOver e) {
            attempts += tries;
        }
    }

    /** Draws random numbers, runs one transaction until it has committed, and counts what it did. */
    protected abstract void runTransaction();

    /**
     * What all threads have committed must be there in the end.
     *
     * @param checking a session of the checking thread.
     * @param all      programs of this kind.
     * @return what is wrong, or nothing.
     */
    public abstract String check(Session checking, List<Program> all);

    /**
     * Sum of a range of cells, in one transaction.
     *
     * @param checking a session of the checking thread.
     * @param cells    how many, from the first one on.
     * @return their sum.
     */
    protected static long sum(final Session checking, final int cells) {
        final SumStep step = new SumStep(checking, cells);
        checking.prepare(step).run();
        return step.sum();
    }

    /**
     * Transactions committed since the start.
     *
     * @return their number.
     */
    public final long committed() {
        return committed;
    }

    /**
     * Runs of steps since the start; those that did not commit were rolled back.
     *
     * @return their number.
     */
    public final long attempts() {
        return attempts;
    }

    /**
     * What a transaction saw and should not have seen.
     *
     * @return text, or nothing.
     */
    public final String failure() {
        return failure;
    }

    /**
     * Remembers the first thing that was wrong.
     *
     * @param text about it.
     */
    protected final void fail(final String text) {
        if (failure.isEmpty()) {
            failure = text;
        }
    }

    /**
     * The thread's access to the store.
     *
     * @return its session.
     */
    protected final Session session() {
        return session;
    }

    /**
     * Draws a number.
     *
     * @param bound above all numbers.
     * @return a number from 0 on.
     */
    protected final int below(final int bound) {
        // Marsaglia, Xorshift RNGs (2003): period 2^64 - 1; the upper half of the state is used.
        long x = random;
        x ^= x << 13;
        x ^= x >>> 7;
        x ^= x << 17;
        random = x;
        return (int) ((x >>> Integer.SIZE) * bound >>> Integer.SIZE);
    }

    /** A step that counts its attempts. */
    protected abstract class Attempt extends Step {
        /**
         * Makes a step.
         *
         * @param readOnly true when it writes nothing.
         * @param touched  number of cells or buckets that a transaction touches.
         */
        protected Attempt(final boolean readOnly, final int touched) {
            super(readOnly, touched);
        }

        @Override
        public final void run() {
            if (tries++ > 0 && round.isOver()) {
                throw RoundOver.SIGNAL;
            }
            attempt();
        }

        /** Does it. */
        protected abstract void attempt();
    }

    /** Adds up the first cells in one transaction. */
    final class Sum extends Attempt {
        private long sum;

        Sum(final int cells) {
            super(true, cells);
            for (int i = 0; i < cells; i++) {
                footprint()[i] = i;
            }
        }

        @Override
        protected void attempt() {
            sum = SumStep.sumOf(session(), footprint().length);
        }

        long sum() {
            return sum;
        }
    }
}

package org.segstm.bench.compare.workload;

import org.segstm.bench.compare.peer.Session;

import java.util.List;

/** Reads random cells and increments two more. */
final class IncrementProgram extends Program {
    private static final int TRANSACTIONS_IN_BATCH = 100;
    private static final int WRITES = 2;
    private final int cells;
    private final Increments step;
    private final Runnable transaction;

    IncrementProgram(final Place place, final int cells, final int reads) {
        super(place, TRANSACTIONS_IN_BATCH);
        this.cells = cells;
        this.step = new Increments(reads);
        this.transaction = place.session().prepare(step);
    }

    @Override
    protected void runTransaction() {
        final int[] footprint = step.footprint();
        for (int i = 0; i < footprint.length; i++) {
            footprint[i] = below(cells);
        }
        transaction.run();
    }

    @Override
    public String check(final Session checking, final List<Program> all) {
        final long increments = WRITES * all.stream().mapToLong(Program::committed).sum();
        final long sum = sum(checking, cells);
        return sum == increments ? "" : "the cells' sum is " + sum + ", the committed increments are " + increments;
    }

    /** Reads, then increments. */
    private final class Increments extends Attempt {
        private final int reads;
        /** Keeps the reads from being optimized away. */
        private long sum;

        Increments(final int reads) {
            super(false, reads + WRITES);
            this.reads = reads;
        }

        @Override
        protected void attempt() {
            final Session session = session();
            final int[] drawn = footprint();
            long newSum = 0;
            for (int i = 0; i < reads; i++) {
                newSum += session.get(drawn[i]);
            }
            sum = newSum;
            for (int i = reads; i < drawn.length; i++) {
                session.set(drawn[i], session.get(drawn[i]) + 1);
            }
        }
    }
}

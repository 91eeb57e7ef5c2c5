package org.segstm.bench.length;

import org.segstm.heap.Mutator;
import org.segstm.heap.Steps;
import org.segstm.heap.TransactionAbortedException;
import org.segstm.heap.layout.Field;
import org.segstm.heap.layout.ObjectLayout;

/**
 * A program of many small steps, and the ways to put them into transactions. What it keeps outside the heap is the
 * state of its random numbers and how many steps are left.
 */
final class StepProgram implements Steps {
    private static final int READS = 10;
    private static final int SHIFT_A = 13;
    private static final int SHIFT_B = 7;
    private static final int SHIFT_C = 17;
    private final StepKind kind;
    private final Mutator mutator;
    private final long[] cells;
    private final ObjectLayout layout;
    private final Field count;
    private long random;
    private long left;
    private long savedRandom;
    private long savedLeft;
    private long sink;

    StepProgram(
        final StepKind kind, final Mutator mutator, final long[] cells, final ObjectLayout layout, final Field count,
        final long seed) {
        this.kind = kind;
        this.mutator = mutator;
        this.cells = cells;
        this.layout = layout;
        this.count = count;
        this.random = seed;
    }

    /** Runs steps, each a transaction, or a number of them one. */
    void runTuned(final long steps, final int stepsInTransaction) {
        left = steps;
        while (left > 0) {
            mutator.begin();
            save(0);
            for (long i = Math.min(left, stepsInTransaction); i > 0; i--) {
                doStep(mutator);
            }
            if (!mutator.tryCommit()) {
                restore(0);
            }
        }
    }

    /** Runs steps as the heap finds right. */
    void runSteps(final long steps) {
        left = steps;
        mutator.runSteps(this);
    }

    /** Runs steps like an interpreter that could commit after each. */
    void runWithBreaks(final long steps) {
        left = steps;
        boolean ended = false;
        while (!ended) {
            try {
                if (!mutator.inTransaction()) {
                    mutator.begin();
                    save(0);
                }
                while (left > 0) {
                    doStep(mutator);
                    if (mutator.transactionBreak()) {
                        save(0);
                    }
                }
                mutator.commit();
                ended = true;
            } catch (final TransactionAbortedException e) {
                restore(0);
            }
        }
    }

    @Override
    public boolean step(final Mutator m) {
        doStep(m);
        return left > 0;
    }

    private void doStep(final Mutator m) {
        left--;
        switch (kind) {
            case READ:
                for (int i = 0; i < READS; i++) {
                    sink += m.getLong(nextCell(), count);
                }
                break;
            case ALLOCATE:
                m.putLong(m.allocate(layout), count, left);
                break;
            default:
                final long ref = nextCell();
                m.putLong(ref, count, m.getLong(ref, count) + 1);
        }
    }

    private long nextCell() {
        long next = random;
        next ^= next << SHIFT_A;
        next ^= next >>> SHIFT_B;
        next ^= next << SHIFT_C;
        random = next;
        return cells[(int) ((next >>> 1) % cells.length)];
    }

    @Override
    public void save(final int level) {
        savedRandom = random;
        savedLeft = left;
    }

    @Override
    public void restore(final int level) {
        random = savedRandom;
        left = savedLeft;
    }

    /** So that reads are not optimized away. */
    long sink() {
        return sink;
    }
}

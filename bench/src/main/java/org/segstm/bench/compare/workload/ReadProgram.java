package org.segstm.bench.compare.workload;

import org.segstm.bench.compare.peer.Session;

import java.util.List;

/** Reads random cells, whose values tell their indices. */
final class ReadProgram extends Program {
    private static final int READS_IN_BATCH = 1000;
    private static final int FACTOR = 3;
    private final int cells;
    private final Reads step;
    private final Runnable transaction;
    private long indices;
    private long values;

    ReadProgram(final Place place, final int cells, final int reads) {
        super(place, READS_IN_BATCH / reads);
        this.cells = cells;
        this.step = new Reads(reads);
        this.transaction = place.session().prepare(step);
    }

    static long initialValue(final int cell) {
        return (long) FACTOR * cell;
    }

    @Override
    protected void runTransaction() {
        final int[] footprint = step.footprint();
        long drawn = 0;
        for (int i = 0; i < footprint.length; i++) {
            final int cell = below(cells);
            footprint[i] = cell;
            drawn += cell;
        }
        transaction.run();
        indices += drawn;
        values += step.sum;
    }

    @Override
    public String check(final Session checking, final List<Program> all) {
        for (final Program program : all) {
            final ReadProgram reader = (ReadProgram) program;
            if (reader.values != FACTOR * reader.indices) {
                return "a thread read " + reader.values + " and should have read " + FACTOR * reader.indices;
            }
        }
        return "";
    }

    /** Reads them. */
    private final class Reads extends Attempt {
        private long sum;

        Reads(final int reads) {
            super(true, reads);
        }

        @Override
        protected void attempt() {
            final Session session = session();
            long newSum = 0;
            for (final int cell : footprint()) {
                newSum += session.get(cell);
            }
            sum = newSum;
        }
    }
}

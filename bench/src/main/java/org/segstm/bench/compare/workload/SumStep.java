package org.segstm.bench.compare.workload;

import org.segstm.bench.compare.peer.Session;
import org.segstm.bench.compare.peer.Step;

/** Adds up all cells. */
final class SumStep extends Step {
    private final Session session;
    private long sum;

    SumStep(final Session session, final int cells) {
        super(true, cells);
        this.session = session;
        for (int i = 0; i < cells; i++) {
            footprint()[i] = i;
        }
    }

    @Override
    public void run() {
        sum = sumOf(session, footprint().length);
    }

    long sum() {
        return sum;
    }

    static long sumOf(final Session session, final int cells) {
        long sum = 0;
        for (int i = 0; i < cells; i++) {
            sum += session.get(i);
        }
        return sum;
    }
}

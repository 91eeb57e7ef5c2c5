package org.segstm.bench.compare.workload;

import org.segstm.bench.compare.peer.Session;
import org.segstm.bench.compare.peer.Step;

/** Compares each cell with the first one of its group. */
final class GroupStep extends Step {
    private final Session session;
    private final int groups;
    private boolean torn;

    GroupStep(final Session session, final int cells, final int groups) {
        super(true, cells);
        this.session = session;
        this.groups = groups;
        for (int i = 0; i < cells; i++) {
            footprint()[i] = i;
        }
    }

    @Override
    public void run() {
        boolean anyTorn = false;
        for (int i = groups; i < footprint().length; i++) {
            anyTorn |= session.get(i) != session.get(i - groups);
        }
        torn = anyTorn;
    }

    boolean isTorn() {
        return torn;
    }
}

package org.segstm.bench.compare.workload;

import org.segstm.bench.compare.peer.Session;

import java.util.List;

/**
 * Writes one number into all cells of a random group. Groups are spread over all cells: cell 7 is in group 7, 17, 27,
 * ... So cells of a group differ only when a transaction was not atomic.
 */
final class WriteManyProgram extends Program {
    private final int groups;
    private final int cells;
    private final Writes step;
    private final Runnable transaction;
    private final long firstStamp;

    WriteManyProgram(final Place place, final int cells, final int writes) {
        super(place, 1);
        this.cells = cells;
        this.groups = cells / writes;
        this.step = new Writes(writes);
        this.transaction = place.session().prepare(step);
        this.firstStamp = (long) (place.index() + 1) << Integer.SIZE;
    }

    @Override
    protected void runTransaction() {
        final int[] footprint = step.footprint();
        final int group = below(groups);
        for (int i = 0; i < footprint.length; i++) {
            footprint[i] = group + i * groups;
        }
        step.stamp = firstStamp + committed();
        transaction.run();
    }

    @Override
    public String check(final Session checking, final List<Program> all) {
        final GroupStep check = new GroupStep(checking, cells, groups);
        checking.prepare(check).run();
        return check.isTorn() ? "cells of a group were written by different transactions" : "";
    }

    /** Writes them. */
    private final class Writes extends Attempt {
        private long stamp;

        Writes(final int writes) {
            super(false, writes);
        }

        @Override
        protected void attempt() {
            final Session session = session();
            final long value = stamp;
            for (final int cell : footprint()) {
                session.set(cell, value);
            }
        }
    }
}

package org.segstm.bench.compare.workload;

import org.segstm.bench.compare.peer.Session;

import java.util.List;

/** Adds up all accounts of a large bank, while other threads move money. */
final class ScanProgram extends Program {
    private final int accounts;
    private final Scan step;
    private final Runnable transaction;

    ScanProgram(final Place place, final int accounts) {
        super(place, 1);
        this.accounts = accounts;
        this.step = new Scan(accounts);
        this.transaction = place.session().prepare(step);
    }

    @Override
    protected void runTransaction() {
        transaction.run();
        if (step.sum != accounts * BankProgram.INITIAL_BALANCE) {
            fail("a scan found " + step.sum + " in " + accounts + " accounts");
        }
    }

    @Override
    public String check(final Session checking, final List<Program> all) {
        return "";
    }

    /** Reads them all. */
    private final class Scan extends Attempt {
        private long sum;

        Scan(final int cells) {
            super(true, cells);
            for (int i = 0; i < cells; i++) {
                footprint()[i] = i;
            }
        }

        @Override
        protected void attempt() {
            sum = SumStep.sumOf(session(), footprint().length);
        }
    }
}

package org.segstm.bench.compare.workload;

import org.segstm.bench.compare.peer.Session;

import java.util.List;

/** Adds up all accounts of a large bank, while other threads move money. */
final class ScanProgram extends Program {
    private final int accounts;
    private final Sum step;
    private final Runnable transaction;

    ScanProgram(final Place place, final int accounts) {
        super(place, 1);
        this.accounts = accounts;
        this.step = new Sum(accounts);
        this.transaction = place.session().prepare(step);
    }

    @Override
    protected void runTransaction() {
        transaction.run();
        if (step.sum() != accounts * BankProgram.INITIAL_BALANCE) {
            fail("a scan found " + step.sum() + " in " + accounts + " accounts");
        }
    }

    @Override
    public String check(final Session checking, final List<Program> all) {
        return "";
    }
}

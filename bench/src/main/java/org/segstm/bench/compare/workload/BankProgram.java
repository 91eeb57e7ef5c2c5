package org.segstm.bench.compare.workload;

import org.segstm.bench.compare.peer.Session;

import java.util.List;

/** Moves money between two random accounts: two reads, two writes. Some transactions are audits of all accounts. */
final class BankProgram extends Program {
    static final long INITIAL_BALANCE = 1000;
    private static final int TRANSACTIONS_IN_BATCH = 200;
    private static final int LARGEST_AMOUNT = 10;
    private static final int PERCENT = 100;
    private final int accounts;
    private final int auditPercent;
    private final Transfer transfer = new Transfer();
    private final Runnable transferring;
    private final Sum audit;
    private final Runnable auditing;

    BankProgram(final Place place, final int accounts, final int auditPercent) {
        super(place, TRANSACTIONS_IN_BATCH);
        this.accounts = accounts;
        this.auditPercent = auditPercent;
        this.transferring = place.session().prepare(transfer);
        this.audit = new Sum(auditPercent == 0 ? 0 : accounts);
        this.auditing = place.session().prepare(audit);
    }

    static long initialBalance(final int account) {
        return INITIAL_BALANCE;
    }

    @Override
    protected void runTransaction() {
        if (auditPercent != 0 && below(PERCENT) < auditPercent) {
            auditing.run();
            if (audit.sum() != accounts * INITIAL_BALANCE) {
                fail("an audit found " + audit.sum() + " in " + accounts + " accounts");
            }
        } else {
            final int from = below(accounts);
            final int other = below(accounts - 1);
            transfer.draw(from, other < from ? other : other + 1, below(LARGEST_AMOUNT));
            transferring.run();
        }
    }

    @Override
    public String check(final Session checking, final List<Program> all) {
        final long sum = sum(checking, accounts);
        return sum == accounts * INITIAL_BALANCE ? "" : "all accounts together hold " + sum + " and should hold "
            + accounts * INITIAL_BALANCE;
    }

    /** Moves an amount. */
    private final class Transfer extends Attempt {
        private int from;
        private int to;
        private int amount;

        Transfer() {
            super(false, 2);
        }

        void draw(final int newFrom, final int newTo, final int newAmount) {
            from = newFrom;
            to = newTo;
            amount = newAmount;
            footprint()[0] = newFrom;
            footprint()[1] = newTo;
        }

        @Override
        protected void attempt() {
            final Session session = session();
            final long balanceFrom = session.get(from);
            final long balanceTo = session.get(to);
            session.set(from, balanceFrom - amount);
            session.set(to, balanceTo + amount);
        }
    }
}

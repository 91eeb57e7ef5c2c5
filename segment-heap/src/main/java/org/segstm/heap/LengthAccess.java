package org.segstm.heap;

import org.segstm.bridge.Memory;
import org.segstm.heap.segment.ControlPage;

/**
 * Length control: where a program could commit at any time, says when it should. Short transactions pay for many
 * commits, long ones lose much in a conflict. A transaction has a budget of polls and one of bytes allocated, within
 * {@link LengthBounds}. Who does not poll pays nothing.
 */
public abstract class LengthAccess extends StoppingAccess {
    private static final int NO_BUDGET = -1;
    private final TransactionLength length;
    private long pollsLeft;
    /** Commits of this mutator when the budget was given, so that each transaction gets one of its own. */
    private long budgetOf = NO_BUDGET;
    private long bytesBefore;
    private boolean hinted;

    LengthAccess(final SegmentHeap heap, final String name) {
        super(heap, name);
        length = new TransactionLength(heap.context().lengthBounds());
    }

    /**
     * Has the running transaction used up its length? Counts as a poll. No safepoint.
     *
     * @return true when it is time for {@link #transactionBreak()}; false in atomic blocks, whose transaction must not
     *     be broken.
     */
    public final boolean shouldBreak() {
        return (--pollsLeft < 0 || budgetOf != counters.committed
            || Memory.getLong(control + ControlPage.NURSERY_POSITION_OFFSET) >= breakRef)
            && shouldBreakSlowPath();
    }

    private boolean shouldBreakSlowPath() {
        checkRunning();
        if (budgetOf != counters.committed) {
            giveBudget();
        }
        final long bytesLeft = length.bytes() - (allocatedBytes() - bytesBefore);
        if (!hinted && pollsLeft >= 0 && bytesLeft > 0) {
            breakRef = Memory.getLong(control + ControlPage.NURSERY_POSITION_OFFSET) + bytesLeft;
            return false;
        }
        pollsLeft = 0;
        return !isAtomic();
    }

    private void giveBudget() {
        budgetOf = counters.committed;
        // The poll that asks now is the first of them.
        pollsLeft = length.polls() - 2;
        bytesBefore = allocatedBytes();
        breakRef = 0;
        hinted = false;
    }

    private long allocatedBytes() {
        return counters.bytesAllocated + segment.nursery().usedBytes();
    }

    /**
     * Commits and begins the next transaction, when the running one has used up its length and no atomic block is
     * running. A safepoint in any case. After an abort the program goes on behind the last such break, or begin.
     *
     * @return true when another transaction is running now.
     * @throws TransactionAbortedException when the transaction conflicts; it is rolled back, and none is running.
     */
    public final boolean transactionBreak() {
        if (!shouldBreak()) {
            safepoint();
            return false;
        }
        commitInBreak();
        begin();
        return true;
    }

    private void commitInBreak() {
        if (!tryCommitSteps()) {
            throw signal();
        }
    }

    /** Makes the next {@link #shouldBreak()} of the running transaction tell that it is time, once it may. */
    public final void hintCommitSoon() {
        checkRunning();
        if (budgetOf != counters.committed) {
            giveBudget();
        }
        hinted = true;
        pollsLeft = 0;
    }

    /**
     * Polls that a transaction of this mutator has now, if it allocates little. For tests and reports.
     *
     * @return the number.
     */
    public final long transactionLength() {
        return length.polls();
    }

    @Override
    final void lengthWasLost(final AbortCause cause) {
        if (budgetOf == counters.committed
            && (cause == AbortCause.READ_CONFLICT || cause == AbortCause.RESHARE || cause == AbortCause.INEVITABLE)) {
            length.aborted();
        }
        budgetOf = NO_BUDGET;
        pollsLeft = 0;
    }

    /** Commits what a program of steps has done so far. */
    final boolean tryCommitSteps() {
        final boolean full = !hinted && pollsLeft == 0;
        final boolean done = tryCommit();
        if (done && full) {
            length.committed();
        }
        return done;
    }
}

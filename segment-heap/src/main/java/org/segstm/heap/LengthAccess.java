package org.segstm.heap;

import org.segstm.heap.event.EventKind;

/**
 * Length control: where a program could commit at any time, says when it should. Short transactions pay for many
 * commits, long ones lose much in a conflict. A transaction has a budget of polls and one of bytes allocated, within
 * {@link LengthBounds}. Who does not poll pays nothing.
 */
public abstract class LengthAccess extends StoppingAccess {
    private static final int USED_UP = -1;
    private final TransactionLength length;
    private long bytesBefore;
    private boolean hinted;
    /** Has the running transaction done steps before the one that runs now? */
    boolean hasDoneSteps;

    LengthAccess(final SegmentHeap heap, final String name) {
        super(heap, name);
        length = new TransactionLength(heap.context().lengthBounds(), heap.lengthFloor());
    }

    /**
     * Has the running transaction used up its length? Counts as a poll. No safepoint. Bytes are looked at
     * whenever a nursery makes some more ready.
     *
     * @return true when it is time for {@link #transactionBreak()}; false in atomic blocks, whose transaction must not
     *     be broken.
     */
    public final boolean shouldBreak() {
        return --pollsLeft < 0 && shouldBreakSlowPath();
    }

    private boolean shouldBreakSlowPath() {
        return isUsedUp() && !isAtomic();
    }

    /** The slow path between the steps of a program, which are atomic each. */
    final boolean shouldBreakSteps() {
        hasDoneSteps = true;
        return isUsedUp();
    }

    private boolean isUsedUp() {
        checkRunning();
        if (!hasBudget()) {
            giveBudget();
        }
        if (pollsLeft >= 0) {
            return false;
        }
        pollsLeft = 0;
        return true;
    }

    private boolean hasBudget() {
        return pollsLeft >= USED_UP;
    }

    private void giveBudget() {
        // The poll that asks now is the first of them.
        pollsLeft = (int) length.polls() - 2;
        bytesBefore = allocatedBytes();
        hinted = false;
    }

    private long allocatedBytes() {
        return counters.bytesAllocated + segment.nursery().usedBytes();
    }

    @Override
    final void checkLength() {
        if (hasBudget() && allocatedBytes() - bytesBefore >= length.bytes()) {
            pollsLeft = 0;
        }
    }

    /**
     * Commits and begins the next transaction, when the running one has used up its length and no atomic block is
     * running. A safepoint in any case. After an abort the program goes on behind the last such break, or begin.
     *
     * @return true when another transaction is running now.
     * @throws TransactionAbortedException when the transaction conflicts; it is rolled back, and none is running.
     */
    public final boolean transactionBreak() {
        if (--pollsLeft >= 0 || !shouldBreakSlowPath()) {
            safepoint();
            return false;
        }
        event(EventKind.BREAK, 0);
        if (!tryCommitSteps()) {
            throw signal();
        }
        begin();
        return true;
    }

    /** Commits what a program of steps has done so far. */
    final boolean tryCommitSteps() {
        final boolean full = !hinted && hasBudget() && pollsLeft == 0;
        final boolean done = tryCommit();
        if (done && full) {
            length.committed();
        }
        return done;
    }

    /** Makes the next {@link #shouldBreak()} of the running transaction tell that it is time, once it may. */
    @Override
    public final void hintCommitSoon() {
        checkRunning();
        if (!hasBudget()) {
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
        if (hasBudget() && cause.isConflict()) {
            length.aborted();
        }
    }
}

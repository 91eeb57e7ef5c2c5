package org.segstm.heap;

import org.segstm.heap.segment.RunState;
import org.segstm.heap.segment.Segment;

import java.util.Arrays;

/** The life of a transaction: begin, becoming inevitable, commit. */
public abstract class TransactionAccess extends SafepointAccess {
    private final BackOff backOff = new BackOff();

    TransactionAccess(final SegmentHeap heap, final String name) {
        super(heap, name);
    }

    /**
     * Begins a transaction on the newest committed state. Waits while no segment is free.
     *
     * @throws IllegalStateException when one is running, or the mutator is closed.
     */
    public final void begin() {
        if (inTransaction() || isClosed()) {
            throw new IllegalStateException(
                (isClosed() ? "the mutator is closed: " : "transactions do not nest: ") + name());
        }
        switchTo(Phase.WAIT);
        becomesDrivenByCaller();
        Segment own = segment;
        if (own == null || !heap.world().tryEnter(own, RunState.IDLE)) {
            own = heap.enterSlowPath(this, own);
        } else if (!heap.isReadyFor(own, this)) {
            final boolean mine = own.owner() == this;
            heap.world().leave(own, RunState.IDLE);
            own = heap.enterSlowPath(this, mine ? own : null);
        }
        enter(own);
        switchTo(Phase.RUN);
    }

    private void enter(final Segment own) {
        if (segment != own) {
            segment = own;
            segmentBase = own.base();
        }
        control = own.control();
        if (!serial) {
            try {
                heap.transactions().refresh(own);
                readVersion = (byte) own.markers().nextVersion();
            } catch (final RuntimeException | Error e) {
                heap.world().leave(own, RunState.IDLE);
                throw e;
            }
        }
        beginRoots();
        try {
            enterTransaction();
        } catch (final RuntimeException | Error e) {
            control = NO_TRANSACTION;
            heap.world().leave(own, RunState.IDLE);
            throw e;
        }
    }

    /**
     * Begins a transaction that cannot abort. Waits while another one is inevitable.
     *
     * @param reason why, for reports.
     */
    public final void beginInevitable(final String reason) {
        boolean done = false;
        while (!done) {
            begin();
            try {
                done = tryBecomeInevitable();
                inevitableDepth = 0;
            } catch (final RuntimeException | Error e) {
                if (inTransaction()) {
                    rollBack(AbortCause.EXCEPTION);
                    switchTo(Phase.OUTSIDE);
                }
                throw e;
            }
        }
    }

    /**
     * Makes the running transaction inevitable: it will not abort any more, and no other update commits before it ends.
     * Waits while another one is inevitable.
     *
     * @param reason why, for reports.
     * @throws TransactionAbortedException when it conflicts with what was committed meanwhile; it is rolled back.
     */
    public final void becomeInevitable(final String reason) {
        checkRunning();
        final boolean asked = isInevitable() && (state & ESCALATED) == 0;
        if (!isInevitable() && !tryBecomeInevitable()) {
            throw signal();
        }
        if (!asked) {
            state &= ~ESCALATED;
            inevitableDepth = (state & NESTED) == 0 ? 0 : nestedDepth;
        }
    }

    private boolean tryBecomeInevitable() {
        switchTo(Phase.WAIT);
        final boolean done = heap.transactions().becomeInevitable(segment);
        if (!done) {
            rollBack(AbortCause.INEVITABLE);
        }
        switchTo(done ? Phase.RUN : Phase.OUTSIDE);
        return done;
    }

    /**
     * Commits. Objects move; others may stop this mutator; may wait for an inevitable transaction.
     *
     * @throws TransactionAbortedException when the transaction conflicts; it is rolled back.
     * @throws OutOfHeapException          when survivors find no room; it is rolled back. An inevitable one goes on, as
     *                                     if it had not tried: it may let roots go and try again when others have
     *                                     ended, or give up with {@link #abort()}.
     */
    public final void commit() {
        if (!tryCommit()) {
            throw signal();
        }
    }

    /**
     * Like {@link #commit()}, telling the outcome.
     *
     * @return false when the transaction conflicted and was rolled back.
     */
    public final boolean tryCommit() {
        if ((state & (RUNNING | PARKED | NESTED)) != RUNNING) {
            checkRunning();
            throw new IllegalStateException("a nested block is running, end it first: " + name());
        }
        final Segment own = segment;
        if (serial) {
            collectAtSerialCommit(own);
        } else {
            if (own.hasYoung()) {
                collect(true);
            }
            switchTo(Phase.COMMIT);
            if (!(own.writeSet().isEmpty() && own.fresh().isEmpty() && !own.inevitable())) {
                if (!heap.transactions().commit(own)) {
                    rollBack(AbortCause.READ_CONFLICT);
                    switchTo(Phase.OUTSIDE);
                    return false;
                }
                counters.logEntries += own.logMemory().takeEntryCount();
                own.collector().transactionCommitted();
                own.endTransaction();
            }
        }
        counters.committed++;
        if (own.inevitable()) {
            counters.inevitable++;
            own.inevitable(false);
        }
        final boolean collectionIsDue = heap.pressure().isDue();
        final int privateUnits = collectionIsDue ? own.privateUnits().size() : 0;
        leave(own);
        backOff.reset();
        final TransactionCallbackException thrown = hooks().committed();
        if (collectionIsDue) {
            switchTo(Phase.WAIT);
            heap.collections().serve(name(), privateUnits);
            runFinalizersIfDue();
        }
        tools().run();
        switchTo(Phase.OUTSIDE);
        if (thrown != null) {
            throw thrown;
        }
        return true;
    }

    /** In no-STM mode a commit needs no collection, it is only a good moment. */
    private void collectAtSerialCommit(final Segment own) {
        if (shouldCollectYoung(own)) {
            try {
                collect(false);
            } catch (final OutOfHeapException nothingMoved) {
                // All stays young and in place; the commit is none the worse, and who allocates next is told.
                switchTo(Phase.RUN);
            }
        }
    }

    /** The body of an inevitable transaction is over, and nobody else can end it. */
    final void commitOrGiveUp() {
        try {
            commit();
        } catch (final OutOfHeapException e) {
            if (inTransaction()) {
                rollBack(AbortCause.OUT_OF_HEAP);
                switchTo(Phase.OUTSIDE);
            }
            throw e;
        }
    }

    /** Rolls back, and sleeps until something has changed that was read. */
    final void rollBackAndAwaitChange() {
        final ChangeWait wait = new ChangeWait(heap);
        wait.begin(segment);
        final long ended = endedTransactions();
        rollBack(AbortCause.RETRY);
        if (endedTransactions() != ended + 1) {
            wait.markersAreLost();
        }
        switchTo(Phase.WAIT);
        try {
            wait.await(name());
        } finally {
            switchTo(Phase.OUTSIDE);
        }
        backOff.reset();
    }

    private long endedTransactions() {
        return counters.committed + Arrays.stream(counters.aborted).sum();
    }

    /** Pauses before the next attempt. */
    final void backOff() {
        backOff.pause();
    }
}

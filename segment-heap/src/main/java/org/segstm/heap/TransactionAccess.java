package org.segstm.heap;

import org.segstm.heap.event.Activity;
import org.segstm.heap.segment.RunState;
import org.segstm.heap.segment.Segment;

import java.util.Arrays;

/** The life of a transaction: begin, becoming inevitable, commit. */
public abstract class TransactionAccess extends SafepointAccess {
    private final Patience patience = new Patience();

    TransactionAccess(final SegmentHeap heap, final String name) {
        super(heap, name);
    }

    /**
     * Begins a transaction on the newest committed state. Waits while no segment is free.
     *
     * @throws IllegalStateException when one is running, or the mutator is closed.
     */
    public final void begin() {
        if (inTransaction() || isUnusable()) {
            throw new IllegalStateException((isClosed() ? "the mutator is closed: "
                : inTransaction() ? "transactions do not nest: " : "reattach() follows detach(): ") + name());
        }
        switchTo(Activity.BEGIN);
        becomesDrivenByCaller();
        try {
            Segment own = segment;
            if (own == null || !heap.world().tryEnter(own, RunState.IDLE)) {
                own = heap.enterSlowPath(this, own);
            } else if (!heap.isReadyFor(own, this)) {
                final boolean mine = own.owner() == this;
                heap.world().leave(own, RunState.IDLE);
                own = heap.enterSlowPath(this, mine ? own : null);
            }
            enter(own);
        } catch (final RuntimeException | Error e) {
            switchTo(Activity.OUTSIDE);
            throw e;
        }
        switchTo(Activity.RUN);
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
                readVersion = (byte) own.markers().beginVersion();
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
                done = tryBecomeInevitable(reason);
                inevitableDepth = 0;
            } catch (final RuntimeException | Error e) {
                if (inTransaction()) {
                    rollBack(AbortCause.EXCEPTION);
                    switchTo(Activity.OUTSIDE);
                }
                throw e;
            }
        }
    }

    /**
     * Makes the running transaction inevitable: it will not abort any more. Until it ends, other updates commit only
     * when they have written nothing that it has read; they are let in at its safepoints and while it is parked, and it
     * sees then what they wrote. Waits, asleep, while another one is inevitable; after ten milliseconds nobody who came
     * later is let before it.
     *
     * @param reason why, for reports.
     * @throws TransactionAbortedException when it conflicts with what was committed meanwhile; it is rolled back.
     */
    public final void becomeInevitable(final String reason) {
        checkRunning();
        final boolean asked = isInevitable() && (state & ESCALATED) == 0;
        if (!isInevitable() && !tryBecomeInevitable(reason)) {
            throw signal();
        }
        if (!asked) {
            state &= ~ESCALATED;
            inevitableDepth = (state & NESTED) == 0 ? 0 : nestedDepth;
        }
    }

    private boolean tryBecomeInevitable(final String reason) {
        final boolean done = heap.transactions().becomeInevitable(segment, reason);
        if (done) {
            becameInevitable(reason);
        } else {
            rollBack(AbortCause.INEVITABLE);
            switchTo(Activity.OUTSIDE);
        }
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
            switchTo(Activity.COMMIT);
            if (!(own.writeSet().isEmpty() && own.fresh().isEmpty() && !own.inevitable())) {
                if (!commitUpdate(own)) {
                    rollBack(AbortCause.READ_CONFLICT);
                    switchTo(Activity.OUTSIDE);
                    return false;
                }
                counters.logEntries += own.logMemory().takeEntryCount();
            }
        }
        committed(own.inevitable());
        countCommit(own);
        final boolean collectionIsDue = heap.pressure().isDue();
        final int privateUnits = collectionIsDue ? own.privateUnits().size() : 0;
        leave(own);
        if (patience.hasLost()) {
            stopTrying();
        }
        final TransactionCallbackException thrown = effectsCommitted();
        if (collectionIsDue) {
            switchTo(Activity.WAIT_COLLECTION);
            heap.collections().serve(name(), privateUnits);
            switchTo(Activity.OUTSIDE);
            runFinalizersIfDue();
        }
        if (tools().mustStandStill()) {
            switchTo(Activity.WAIT_COLLECTION);
            tools().run();
        }
        switchTo(Activity.OUTSIDE);
        if (thrown != null) {
            throw thrown;
        }
        return true;
    }

    final void becameInevitable(final String reason) {
        if (clock() != null) {
            clock().inevitable(reason);
        }
    }

    private boolean commitUpdate(final Segment own) {
        try {
            return heap.transactions().commit(own);
        } catch (final RuntimeException | Error e) {
            switchTo(Activity.RUN);
            throw e;
        }
    }

    final void committed(final boolean inevitable) {
        if (clock() != null) {
            clock().committed(inevitable);
        }
    }

    final void countCommit(final Segment own) {
        counters.committed++;
        if (own.inevitable()) {
            counters.inevitable++;
            own.inevitable(false);
        }
    }

    @Override
    final void lost(final AbortCause cause) {
        if (cause.isConflict()) {
            patience.lose();
            claimPrecedence();
        } else if (patience.hasLost()) {
            stopTrying();
        }
    }

    private void claimPrecedence() {
        if (patience.deservesPrecedence()) {
            final boolean claimed =
                heap.transactions().precedence().claim(this, patience.sinceNanos(), patience.precedenceNanos());
            patience.hasPrecedence(claimed);
            if (claimed) {
                decided(Contention.CLAIMED_PRECEDENCE);
            }
        }
    }

    private void stopTrying() {
        patience.reset();
        heap.transactions().precedence().release(this);
    }

    @Override
    public final long triedSinceNanos() {
        return patience.sinceNanos();
    }

    /** In no-STM mode a commit needs no collection, it is only a good moment. */
    private void collectAtSerialCommit(final Segment own) {
        if (shouldCollectYoung(own)) {
            try {
                collect(false);
            } catch (final OutOfHeapException nothingMoved) {
                // All stays young and in place; the commit is none the worse, and who allocates next is told.
                switchTo(Activity.RUN);
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
                switchTo(Activity.OUTSIDE);
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
        switchTo(Activity.WAIT_CHANGE);
        try {
            wait.await(name());
        } finally {
            switchTo(Activity.OUTSIDE);
        }
    }

    private long endedTransactions() {
        return counters.committed + Arrays.stream(counters.aborted).sum();
    }

    /** Pauses before the next attempt. */
    final void backOff() {
        final long nanos = patience.pauseNanos();
        if (nanos != 0) {
            switchTo(Activity.BACK_OFF);
            patience.pause(nanos);
            decided(Contention.BACKED_OFF);
            switchTo(Activity.OUTSIDE);
        }
    }
}

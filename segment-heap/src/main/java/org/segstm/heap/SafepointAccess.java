package org.segstm.heap;

import org.segstm.bridge.Memory;
import org.segstm.heap.event.Activity;
import org.segstm.heap.event.EventKind;
import org.segstm.heap.event.HeapReports;
import org.segstm.heap.event.JfrStream;
import org.segstm.heap.segment.ControlPage;
import org.segstm.heap.segment.RunState;
import org.segstm.heap.segment.Segment;
import org.segstm.heap.segment.SegmentOwner;
import org.segstm.heap.spi.RootVisitor;

/**
 * Where a running transaction stands still, collects its nursery and is rolled back: at safepoints, while it is parked,
 * when somebody else has found it to conflict.
 */
public abstract class SafepointAccess extends FinalizationAccess implements SegmentOwner {
    /** A transaction is running. */
    static final int RUNNING = 1;
    /** It stands still. */
    static final int PARKED = 1 << 1;
    /** A nested block of it is running. */
    static final int NESTED = 1 << 2;
    /** It is the transaction of an atomic block. */
    static final int ATOMIC = 1 << 3;
    /** It was made inevitable so that it gets through, not because its body asked. */
    static final int ESCALATED = 1 << 4;
    /** Its commit has found no room for what it leaves behind: it may be given up although it is inevitable. */
    static final int NO_ROOM = 1 << 5;
    /** Somebody waits for its end. */
    static final int COMMIT_WANTED = 1 << 8;
    private static final int CLOSED = 1;
    private static final int AWAY = 1 << 1;

    /** In place of the polls left: length control has not looked at the running transaction yet. */
    static final int NO_BUDGET = Integer.MIN_VALUE >> 1;

    final boolean serial;
    /** Length control: polls that the running transaction has left; below 0 the next one takes its slow path. */
    int pollsLeft = NO_BUDGET;
    /** The flags above; 0 outside of transactions. */
    int state;
    /** Meaningful while a nested block is running. */
    int nestedDepth;
    /** Nested depth at which the body asked to be inevitable: blocks begun later can be undone. */
    int inevitableDepth;
    /** Nested depth of the innermost block that has an alternative, 0 when there is none. */
    int alternativeDepth;
    private final String name;
    /** Null when nobody has asked for times. Final, so that the JIT looks at it once per transaction. */
    private final PhaseClock clock;
    private final TransactionAbortedException signal;
    private Thread thread = Thread.currentThread();
    private AbortCause lastAbortCause;
    private boolean wasInevitable;
    private final long number;
    /** Why no transaction can begin; the flags above. */
    private int unusable;

    SafepointAccess(final SegmentHeap heap, final String name) {
        super(heap);
        this.name = name;
        this.serial = heap.context().serial();
        this.signal = new TransactionAbortedException((Mutator) this);
        this.number = heap.nextMutatorNumber();
        this.clock = newClock();
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final Thread thread() {
        return thread;
    }

    @Override
    public final boolean inTransaction() {
        return state != 0;
    }

    @Override
    final boolean isParked() {
        return (state & PARKED) != 0;
    }

    /**
     * Is the running transaction inevitable?
     *
     * @return true when it can no longer abort.
     */
    public final boolean isInevitable() {
        return inTransaction() && segment.inevitable();
    }

    /**
     * Takes in what others have committed since the view was last brought up to date.
     *
     * @return false when that conflicts with what this transaction did; it is rolled back then.
     */
    public final boolean validate() {
        checkRunning();
        if (!serial && !heap.transactions().validate(segment)) {
            rollBack(AbortCause.READ_CONFLICT);
            switchTo(Activity.OUTSIDE);
            return false;
        }
        return true;
    }

    /**
     * Like {@link #validate()} inside {@link Mutator#atomically}: a long body that calls it now and then is begun again
     * when it could not commit any more, and not only at its end.
     *
     * @throws TransactionAbortedException when others have changed what this transaction has read; it is rolled back.
     */
    public final void validateOrAbort() {
        if (!validate()) {
            throw signal();
        }
    }

    /**
     * Declares that all refs in use are on the shadow stack: objects may move now, others may stop this mutator.
     *
     * @throws TransactionAbortedException when the transaction was found to conflict; it is rolled back.
     * @throws OutOfHeapException          when survivors find no room; the transaction is rolled back, but for no-STM
     *                                     mode and inevitable ones, where nothing has moved.
     */
    public final void safepoint() {
        if (Memory.getLong(control + ControlPage.NURSERY_POSITION_OFFSET)
            >= Memory.getLongOpaque(control + ControlPage.NURSERY_LIMIT_OFFSET)) {
            safepointSlowPath();
        }
    }

    private void safepointSlowPath() {
        checkRunning();
        final Segment own = segment;
        if (heap.world().mustStandStill(own)) {
            switchTo(Activity.WAIT_STOPPED);
            heap.world().standStillIfAsked(own);
            switchTo(Activity.RUN);
        }
        abortIfDoomed();
        final long requests = heap.world().takeRequests(own);
        if (requests != 0) {
            serve(own, requests);
        }
        own.nursery().acknowledge();
        if (shouldCollectYoung(own)) {
            collect(false);
        }
        if (heap.pressure().isDue()) {
            switchTo(Activity.WAIT_COLLECTION);
            heap.collections().serveAtSafepoint(own, name);
            switchTo(Activity.RUN);
            abortIfDoomed();
        }
        serveTools();
        own.nursery().refreshLimit();
        checkLength();
    }

    private void serve(final Segment own, final long requests) {
        if ((requests & RunState.VALIDATE) != 0 && !validate()) {
            throw signal;
        }
        if ((requests & RunState.ADMIT) != 0 && own.inevitable()) {
            heap.transactions().admitCommitters(own);
        }
        if ((requests & RunState.COMMIT_SOON) != 0) {
            state |= COMMIT_WANTED;
            hintCommitSoon();
        }
    }

    /** Makes the running transaction end soon, where its program asks whether it is time. */
    public abstract void hintCommitSoon();

    /**
     * Does somebody wait for the end of the running transaction? Known since its last safepoint.
     *
     * @return true when it should commit as soon as it can.
     */
    public final boolean isCommitWanted() {
        return (state & COMMIT_WANTED) != 0;
    }

    /**
     * Asks the transaction that is running to commit soon: {@link #isCommitWanted()} tells it, from its next safepoint
     * on. Any thread may call this. Whoever waits for an inevitable transaction or for a segment does so by itself.
     */
    public final void askToCommitSoon() {
        final Segment own = segment;
        if (own != null && own.owner() == this) {
            heap.world().request(own, RunState.COMMIT_SOON);
        }
    }

    /**
     * Makes each safepoint poll of the running transaction take its slow path, until the transaction ends. For a VM
     * that wants its thread to look at flags of its own: compiled code then need not read them in each turn of a loop,
     * but only where its poll was due. Called by the mutator's thread.
     *
     * @see SegmentHeap#keepPollsDue()
     */
    public final void keepPollsDue() {
        checkRunning();
        heap.world().request(segment, RunState.KEEP_DUE);
    }

    /** Another thread may be faster and roll this transaction back. */
    private void serveTools() {
        if (tools().isCollectionDue(segment)) {
            collect(false);
        }
        if (tools().mustStandStill()) {
            switchTo(Activity.WAIT_COLLECTION);
            tools().standStill(segment);
            switchTo(Activity.RUN);
        }
        abortIfDoomed();
    }

    /** Runs a minor collection; when there is no room, rolls back what can be rolled back, else makes room. */
    final void collect(final boolean committing) {
        switchTo(Activity.MINOR_GC);
        final Segment own = segment;
        try {
            final long youngBytes = own.nursery().usedBytes();
            if (serial || own.inevitable()) {
                collectMakingRoom(own, committing);
            } else {
                heap.collectMinor(own, this, committing);
            }
            counters.bytesAllocated += youngBytes;
            counters.minorCollections++;
            tools().collected();
        } catch (final OutOfHeapException e) {
            if (serial || own.inevitable()) {
                state |= committing && !serial ? NO_ROOM : 0;
                switchTo(Activity.RUN);
            } else {
                rollBack(AbortCause.OUT_OF_HEAP);
                switchTo(Activity.OUTSIDE);
            }
            throw e;
        }
        switchTo(Activity.RUN);
    }

    private void collectMakingRoom(final Segment own, final boolean committing) {
        try {
            heap.collectMinor(own, this, committing);
        } catch (final OutOfHeapException nothingMoved) {
            switchTo(Activity.WAIT_COLLECTION);
            heap.collections().makeRoomAtSafepoint(own, name);
            switchTo(Activity.MINOR_GC);
            heap.collectMinor(own, this, committing);
        }
    }

    /**
     * Collects the nursery now. A safepoint.
     *
     * @throws TransactionAbortedException like {@link #safepoint()}.
     */
    public final void collectNursery() {
        checkRunning();
        safepointSlowPath();
        collect(false);
        serveTools();
    }

    @Override
    final void abortIfDoomed() {
        if (segment.doom() != null) {
            rollBack(segment.doom());
            switchTo(Activity.OUTSIDE);
            throw signal;
        }
    }

    /**
     * Stands still inside a transaction, as at a safepoint, until {@link #unpark()}: before this thread blocks, runs
     * foreign code, or drives another mutator. The thread has to stay alive until another one has taken the mutator
     * over: the transaction of a dead thread is rolled back.
     */
    public final void park() {
        checkRunning();
        switchTo(Activity.PARKED);
        state |= PARKED;
        final boolean inevitable = segment.inevitable();
        heap.world().park(segment);
        if (inevitable) {
            heap.transactions().inevitableStandsStill();
        }
    }

    /**
     * Goes on after {@link #park()}. Waits while others have to stand still.
     *
     * @throws TransactionAbortedException when the transaction was rolled back meanwhile.
     */
    public final void unpark() {
        if (!isParked() || (unusable & AWAY) != 0) {
            throw new IllegalStateException("unpark() follows park(): " + name);
        }
        runAgain();
        abortIfDoomed();
    }

    final void runAgain() {
        thread = Thread.currentThread();
        heap.world().unpark(segment);
        state &= ~PARKED;
        switchTo(Activity.RUN);
    }

    /**
     * Rolls the running transaction back.
     *
     * @throws IllegalStateException in no-STM mode, and when it is inevitable, unless its commit has found no room.
     */
    public final void abort() {
        checkRunning();
        checkCanAbort();
        rollBack(AbortCause.EXPLICIT);
        switchTo(Activity.OUTSIDE);
    }

    final void checkCanAbort() {
        if (!canRollBack()) {
            throw new IllegalStateException(serial ? "no-STM mode cannot roll back: " + name
                : "an inevitable transaction never aborts: " + name);
        }
    }

    final boolean canRollBack() {
        return !serial && (!segment.inevitable() || (state & (ESCALATED | NO_ROOM)) != 0);
    }

    /** Rolls back, unless somebody else has done so already, and leaves the segment. */
    final void rollBack(final AbortCause cause) {
        final Segment own = segment;
        final long lostNanos = clock == null ? 0 : clock.runWasLost();
        wasInevitable = own.inevitable() && (state & ESCALATED) == 0;
        AbortCause actual = own.doom();
        if (actual == null) {
            actual = cause;
            counters.bytesAllocated += own.nursery().usedBytes();
            heap.transactions().rollback(own, null);
        }
        own.doom(null);
        rollbackRoots();
        counters.aborted[actual.ordinal()]++;
        lastAbortCause = actual;
        if (clock != null) {
            clock.aborted(actual);
        }
        lost(actual);
        alternativeDepth = 0;
        lengthWasLost(actual);
        if (actual.isConflict()) {
            own.markers().conflicted();
        }
        leave(own);
        final Throwable reported = report(actual, lostNanos);
        TransactionCallbackException thrown = effectsRolledBack();
        if (reported != null) {
            thrown = alsoThrown(thrown, reported);
        }
        if (thrown != null) {
            switchTo(Activity.OUTSIDE);
            throw thrown;
        }
    }

    /** What a listener throws must not keep callbacks from running. */
    private Throwable report(final AbortCause cause, final long lostNanos) {
        try {
            transactionRolledBack(cause, lostNanos);
            return null;
        } catch (final RuntimeException | Error e) {
            return e;
        }
    }

    private static TransactionCallbackException alsoThrown(
        final TransactionCallbackException before, final Throwable thrown) {
        if (before == null) {
            return new TransactionCallbackException(false, thrown);
        }
        before.addSuppressed(thrown);
        return before;
    }

    /** Called for each abort. */
    abstract void lost(AbortCause cause);

    /** Only a mutator that traces does something. */
    void transactionBegun() {
        // Nobody has asked where the running transaction reads and writes.
    }

    /** Only a mutator that traces does something. */
    void savepointMade() {
        // Nobody has asked where the running transaction reads and writes.
    }

    /** Only a mutator that traces does something. */
    void savepointMerged() {
        // Nobody has asked where the running transaction reads and writes.
    }

    /** Only a mutator that traces does something. */
    void savepointUndone() {
        // Nobody has asked where the running transaction reads and writes.
    }

    /** Only a mutator that traces does something. The segment may be another's already. */
    void transactionRolledBack(final AbortCause cause, final long lostNanos) {
        // Nobody has asked why.
    }

    @Override
    public final void decided(final Contention decision) {
        counters.decisions[decision.ordinal()]++;
        if (clock != null) {
            clock.decided(decision, thread != Thread.currentThread());
        }
    }

    @Override
    public final Activity busyWith(final Activity activity) {
        return clock == null ? activity : clock.switchTo(activity);
    }

    /** Length control: a transaction is being rolled back. */
    abstract void lengthWasLost(AbortCause cause);

    final void leave(final Segment own) {
        if (own.hasPrivatizedUnits()) {
            counters.unitsPrivatized += own.takePrivatizedUnits();
        }
        own.inTransaction(false);
        state = 0;
        pollsLeft = NO_BUDGET;
        control = NO_TRANSACTION;
        heap.pool().leave(own);
    }

    /** Major collections: the stack as it is, and as it will be after an abort or a partial one. */
    final void visitRoots(final RootVisitor visitor) {
        if (!inTransaction()) {
            visitEachStack(stack -> stack.visitRoots(visitor::visitUnsettled));
        } else if (segment.doom() == null) {
            visitEachStack(stack -> stack.visitRoots(visitor));
        }
        if (inTransaction() && !serial) {
            visitEachStack(stack -> stack.visitRootsAtBegin(visitor));
        }
    }

    @Override
    final void checkRunning() {
        if ((state & (RUNNING | PARKED)) != RUNNING) {
            throw new IllegalStateException(
                (isParked() ? "the mutator is parked: " : "no transaction is running: ") + name);
        }
    }

    final void switchTo(final Activity activity) {
        if (clock != null) {
            clock.switchTo(activity);
        }
    }

    final void event(final EventKind kind, final int argument) {
        if (clock != null) {
            clock.event(kind, argument);
        }
    }

    final PhaseClock clock() {
        return clock;
    }

    final AbortCause lastAbortCause() {
        return lastAbortCause;
    }

    final void enterTransaction() {
        effectsBegun();
        segment.inTransaction(true);
        state = RUNNING;
        transactionBegun();
    }

    final TransactionAbortedException signal() {
        return signal;
    }

    /** Was the transaction that was rolled back last inevitable? */
    final boolean wasInevitable() {
        return wasInevitable;
    }

    final void becomesDrivenByCaller() {
        if (thread != Thread.currentThread()) {
            thread = Thread.currentThread();
        }
    }

    /** The thread died in a transaction, which has been rolled back by somebody else. */
    final void died() {
        counters.aborted[AbortCause.THREAD_DIED.ordinal()]++;
        if (clock != null) {
            clock.runWasLost();
            clock.aborted(AbortCause.THREAD_DIED);
            clock.switchTo(Activity.OUTSIDE);
        }
        state = 0;
        control = NO_TRANSACTION;
        unusable |= CLOSED;
    }

    final boolean isClosed() {
        return (unusable & CLOSED) != 0;
    }

    /** Is the mutator closed, or has it left a transaction that it must come back to? */
    final boolean isUnusable() {
        return unusable != 0;
    }

    final void away(final boolean away) {
        unusable = away ? unusable | AWAY : unusable & ~AWAY;
    }

    /** Place in the order of attachment, from 1. */
    final long number() {
        return number;
    }

    /** It is closed. */
    final void detached() {
        if (clock != null) {
            clock.close();
        }
    }

    private PhaseClock newClock() {
        final HeapReports reports = heap.context().reports();
        if (!heap.context().timing() && !reports.isTimed()) {
            return null;
        }
        return new PhaseClock(counters.nanos,
            reports.eventLog() == null ? null : reports.eventLog().attach((int) number, name),
            reports.jfr() ? new JfrStream(name) : null);
    }

    /** Nothing of the heap may be touched any more. */
    final void heapClosed() {
        unusable |= CLOSED;
    }
}

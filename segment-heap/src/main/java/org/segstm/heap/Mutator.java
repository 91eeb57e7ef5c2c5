package org.segstm.heap;

import org.segstm.bridge.Memory;
import org.segstm.heap.segment.ControlPage;
import org.segstm.heap.segment.RunState;
import org.segstm.heap.segment.Segment;
import org.segstm.heap.segment.SegmentOwner;
import org.segstm.heap.spi.RootVisitor;

import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The handle through which one thread of a VM uses the heap. An explicit object: pass it along, do not look it up.
 * Driven by one thread at a time; a thread may drive several mutators in turn when it parks the others.
 *
 * <p>Objects move, and others may stop this mutator, at {@link #safepoint()}, at {@link #commit()} and while it is
 * parked; nowhere else. Between transactions nothing moves, but what no root holds may be freed. Refs in local
 * variables are good until then, roots on the shadow stack for as long as they lie there.
 */
public abstract class Mutator extends FinalizationAccess implements SegmentOwner, AutoCloseable {
    private static final int ATTEMPTS_BEFORE_INEVITABLE = 10;

    private final String name;
    private final boolean serial;
    private final PhaseClock clock;
    private final TransactionAbortedException signal = new TransactionAbortedException(this);
    private final BackOff backOff = new BackOff();
    private final TransactionHooks hooks = new TransactionHooks();
    private Thread thread = Thread.currentThread();
    private AbortCause lastAbortCause;
    private long number;
    private boolean inTransaction;
    private boolean wasInevitable;
    private boolean parked;
    private boolean closed;

    Mutator(final SegmentHeap heap, final String name) {
        super(heap);
        this.name = name;
        this.serial = heap.context().serial();
        this.clock = heap.context().timing() ? new PhaseClock(counters.nanos) : null;
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
        return inTransaction;
    }

    @Override
    final boolean isParked() {
        return parked;
    }

    /**
     * Is the running transaction inevitable?
     *
     * @return true when it can no longer abort.
     */
    public final boolean isInevitable() {
        return inTransaction && segment.inevitable();
    }

    /**
     * Begins a transaction on the newest committed state. Waits while no segment is free.
     *
     * @throws IllegalStateException when one is running, or the mutator is closed.
     */
    public final void begin() {
        if (inTransaction || closed) {
            throw new IllegalStateException(
                (closed ? "the mutator is closed: " : "transactions do not nest: ") + name);
        }
        switchTo(Phase.WAIT);
        if (thread != Thread.currentThread()) {
            thread = Thread.currentThread();
        }
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
        roots.begin();
        hooks.begun();
        own.inTransaction(true);
        inTransaction = true;
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
            } catch (final RuntimeException | Error e) {
                failed(AbortCause.EXCEPTION);
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
        if (!isInevitable() && !tryBecomeInevitable()) {
            throw signal;
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
     * @throws OutOfHeapException          when survivors find no room; it is rolled back, even when inevitable: what it
     *                                     did outside the heap remains.
     */
    public final void commit() {
        if (!tryCommit()) {
            throw signal;
        }
    }

    /**
     * Like {@link #commit()}, telling the outcome.
     *
     * @return false when the transaction conflicted and was rolled back.
     */
    public final boolean tryCommit() {
        checkRunning();
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
        hooks.committed();
        if (collectionIsDue) {
            switchTo(Phase.WAIT);
            heap.collections().serve(name, privateUnits);
            runFinalizersIfDue();
        }
        tools().run();
        switchTo(Phase.OUTSIDE);
        return true;
    }

    private void leave(final Segment own) {
        if (own.hasPrivatizedUnits()) {
            counters.unitsPrivatized += own.takePrivatizedUnits();
        }
        own.inTransaction(false);
        inTransaction = false;
        control = NO_TRANSACTION;
        if (heap.pool().isContended()) {
            heap.pool().leaveContended(own);
        } else {
            heap.world().leave(own, RunState.IDLE);
        }
    }

    /**
     * Rolls the running transaction back.
     *
     * @throws IllegalStateException when it is inevitable, or in no-STM mode.
     */
    public final void abort() {
        checkRunning();
        checkCanAbort();
        rollBack(AbortCause.EXPLICIT);
        switchTo(Phase.OUTSIDE);
    }

    private void checkCanAbort() {
        if (serial || segment.inevitable()) {
            throw new IllegalStateException(serial ? "no-STM mode cannot roll back: " + name
                : "an inevitable transaction never aborts: " + name);
        }
    }

    /** Rolls back, unless somebody else has done so already, and leaves the segment. */
    private void rollBack(final AbortCause cause) {
        final Segment own = segment;
        if (clock != null) {
            clock.runWasLost();
        }
        switchTo(Phase.ABORT);
        wasInevitable = own.inevitable();
        AbortCause actual = own.doom();
        if (actual == null) {
            actual = cause;
            counters.bytesAllocated += own.nursery().usedBytes();
            heap.transactions().rollback(own, null);
        }
        own.doom(null);
        roots.rollback();
        counters.aborted[actual.ordinal()]++;
        lastAbortCause = actual;
        leave(own);
        hooks.aborted();
    }

    /**
     * Runs a function as one transaction, again and again until it commits; after several attempts as an inevitable
     * one. When it finds no room, a major collection runs and it is tried once more. An exception of the function rolls
     * back (not in no-STM mode, and not when inevitable: there it commits) and passes on.
     *
     * @param body to run; it must not keep state of an attempt.
     * @param <T>  type of the result.
     * @return what the body returned in the attempt that committed.
     */
    public final <T> T atomically(final Function<? super Mutator, ? extends T> body) {
        int attempts = 0;
        boolean roomWasMade = false;
        while (true) {
            if (attempts++ < ATTEMPTS_BEFORE_INEVITABLE) {
                begin();
            } else {
                beginInevitable("aborted " + ATTEMPTS_BEFORE_INEVITABLE + " times");
            }
            try {
                final T result = body.apply(this);
                if (tryCommit()) {
                    return result;
                }
            } catch (final TransactionAbortedException e) {
                if (e.mutator() != this) {
                    failed(AbortCause.EXCEPTION);
                    throw e;
                }
            } catch (final OutOfHeapException e) {
                final boolean rolledBack = failed(AbortCause.OUT_OF_HEAP);
                if (roomWasMade || !rolledBack || e.requestedBytes() > e.heapBytes()) {
                    throw e;
                }
                heap.collections().major(CollectionEvent.Cause.EXHAUSTION, name);
                roomWasMade = true;
            } catch (final RuntimeException | Error e) {
                failed(AbortCause.EXCEPTION);
                throw e;
            }
            backOff.pause();
        }
    }

    /**
     * Like {@link #atomically} for a body without result.
     *
     * @param body to run.
     */
    public final void atomicallyDo(final Consumer<? super Mutator> body) {
        atomically(mutator -> {
            body.accept(mutator);
            return null;
        });
    }

    /** Says whether all the transaction did was undone. */
    private boolean failed(final AbortCause cause) {
        if (inTransaction) {
            if (parked) {
                runAgain();
            }
            if (serial || segment.inevitable()) {
                commit();
                return false;
            }
            rollBack(cause);
            switchTo(Phase.OUTSIDE);
        }
        return !wasInevitable;
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
            switchTo(Phase.OUTSIDE);
            return false;
        }
        return true;
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
        switchTo(Phase.WAIT);
        heap.world().standStillIfAsked(own);
        switchTo(Phase.RUN);
        abortIfDoomed();
        if (heap.world().takeValidateRequest(own) && !validate()) {
            throw signal;
        }
        own.nursery().acknowledge();
        if (shouldCollectYoung(own)) {
            collect(false);
        }
        if (heap.pressure().isDue()) {
            switchTo(Phase.WAIT);
            heap.collections().serveAtSafepoint(own, name);
            switchTo(Phase.RUN);
            abortIfDoomed();
        }
        serveTools();
        own.nursery().refreshLimit();
    }

    /** Another thread may be faster and roll this transaction back. */
    private void serveTools() {
        if (tools().isCollectionDue(segment)) {
            collect(false);
        }
        switchTo(Phase.WAIT);
        tools().standStill(segment);
        switchTo(Phase.RUN);
        abortIfDoomed();
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

    /** Runs a minor collection; when there is no room, rolls back what can be rolled back, else makes room. */
    private void collect(final boolean committing) {
        switchTo(Phase.MINOR_GC);
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
            if (!serial && (committing || !own.inevitable())) {
                rollBack(AbortCause.OUT_OF_HEAP);
                switchTo(Phase.OUTSIDE);
            } else {
                switchTo(Phase.RUN);
            }
            throw e;
        }
        switchTo(Phase.RUN);
    }

    private void collectMakingRoom(final Segment own, final boolean committing) {
        try {
            heap.collectMinor(own, this, committing);
        } catch (final OutOfHeapException nothingMoved) {
            heap.collections().makeRoomAtSafepoint(own, name);
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
            switchTo(Phase.OUTSIDE);
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
        switchTo(Phase.WAIT);
        parked = true;
        heap.world().park(segment);
    }

    /**
     * Goes on after {@link #park()}. Waits while others have to stand still.
     *
     * @throws TransactionAbortedException when the transaction was rolled back meanwhile.
     */
    public final void unpark() {
        if (!parked) {
            throw new IllegalStateException("unpark() follows park(): " + name);
        }
        runAgain();
        abortIfDoomed();
    }

    private void runAgain() {
        thread = Thread.currentThread();
        heap.world().unpark(segment);
        parked = false;
        switchTo(Phase.RUN);
    }

    @Override
    public final void runFinalizers() {
        if (inTransaction) {
            throw new IllegalStateException("finalizers run in transactions of their own: " + name);
        }
        heap.finalizers().run(this);
    }

    @Override
    public final void onCommit(final Runnable action) {
        checkRunning();
        hooks.onCommit(action);
    }

    @Override
    public final void onAbort(final Runnable action) {
        checkRunning();
        hooks.onAbort(action);
    }

    /**
     * Registers state that follows this mutator's transactions, from the next one on.
     *
     * @param state saved at each begin, restored at each abort.
     */
    public final void registerState(final TransactionState state) {
        hooks.addState(state);
    }

    final boolean isClosed() {
        return closed;
    }

    /** Major collections: the stack as it is, and as it will be after an abort. */
    final void visitRoots(final RootVisitor visitor) {
        if (!inTransaction) {
            roots.visitRoots(visitor::visitUnsettled);
        } else if (segment.doom() == null) {
            roots.visitRoots(visitor);
        }
        if (inTransaction && !serial) {
            roots.visitRootsAtBegin(visitor);
        }
    }

    @Override
    final void checkRunning() {
        if (!inTransaction || parked) {
            throw new IllegalStateException(
                (parked ? "the mutator is parked: " : "no transaction is running: ") + name);
        }
    }

    private void switchTo(final Phase phase) {
        if (clock != null) {
            clock.switchTo(phase);
        }
    }

    /** Place in the order of attachment. */
    final long number() {
        return number;
    }

    final void number(final long newNumber) {
        number = newNumber;
    }

    final AbortCause lastAbortCause() {
        return lastAbortCause;
    }

    final MutatorStatistics.Counters counters() {
        return counters;
    }

    /** Nothing of the heap may be touched any more. */
    final void heapClosed() {
        closed = true;
    }

    /** The thread died in a transaction, which has been rolled back by somebody else. */
    final void died() {
        counters.aborted[AbortCause.THREAD_DIED.ordinal()]++;
        inTransaction = false;
        control = NO_TRANSACTION;
        closed = true;
    }

    /**
     * Counters so far.
     *
     * @return a copy.
     */
    public final MutatorStatistics statistics() {
        final MutatorStatistics statistics = new MutatorStatistics(name);
        counters.objectsAllocated = objectsAllocated();
        statistics.add(counters);
        return statistics;
    }

    /**
     * Looks into the running transaction, for tests and tools.
     *
     * @return view on this mutator.
     */
    public final Inspector inspect() {
        return new Inspector(heap, this);
    }

    /**
     * Gives the mutator's segment back.
     *
     * @throws IllegalStateException when a transaction is running.
     */
    @Override
    public final void close() {
        if (closed) {
            return;
        }
        if (inTransaction) {
            throw new IllegalStateException("end the transaction before the mutator is closed: " + name);
        }
        closed = true;
        heap.mutatorClosed(this);
    }

    @Override
    public final String toString() {
        return "mutator " + name;
    }
}

package org.segstm.heap;

import org.segstm.heap.event.Activity;
import org.segstm.heap.event.EventKind;
import org.segstm.heap.segment.ShadowStack;

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
public abstract class Mutator extends LocationAccess implements AutoCloseable {
    private static final int ATTEMPTS_BEFORE_INEVITABLE = 10;
    /** Nested depth of the block that was undone for its alternative. */
    private int retriedDepth;

    Mutator(final SegmentHeap heap, final String name) {
        super(heap, name);
    }

    /**
     * Runs a function as one transaction, again and again until it commits; after several attempts as an inevitable
     * one. When it finds no room, a major collection runs and it is tried once more. An exception of the function rolls
     * back and passes on (in no-STM mode, and when the function asked to be inevitable, it commits; without room for
     * what that leaves behind it is rolled back all the same, and what it did outside the heap remains).
     *
     * <p>Inside a transaction the function is a nested block: its begin is a safepoint, and an exception undoes what it
     * did and nothing else, see {@link #beginNested()}.
     *
     * <p>It commits after at most 10 aborts for conflicts: from the third on, younger updates hold back while it is
     * tried again, when a try takes longer than 0.1 ms; the eleventh try is inevitable. How it went is counted, see
     * {@link Contention}.
     *
     * @param body to run; it must not keep state of an attempt.
     * @param <T>  type of the result.
     * @return what the body returned in the attempt that committed.
     */
    public final <T> T atomically(final Function<? super Mutator, ? extends T> body) {
        return atomically(body, null);
    }

    /** One of the two is null: a wrapper around the other kind would be an object on the Java heap for each call. */
    private <T> T atomically(
        final Function<? super Mutator, ? extends T> function, final Consumer<? super Mutator> action) {
        if (inTransaction()) {
            return nested(function, action);
        }
        int attempts = 0;
        boolean roomWasMade = false;
        while (true) {
            beginAttempt(attempts++);
            try {
                final T result = perform(function, action);
                if (tryCommit()) {
                    return result;
                }
            } catch (final TransactionAbortedException e) {
                if (e.mutator() != this) {
                    failed(AbortCause.EXCEPTION);
                    throw e;
                }
                if (inTransaction()) {
                    failed(AbortCause.EXCEPTION);
                    throw new IllegalStateException("the signal of a nested block left its transaction: " + name(), e);
                }
            } catch (final OutOfHeapException e) {
                final boolean rolledBack = failed(AbortCause.OUT_OF_HEAP);
                if (roomWasMade || !rolledBack || e.requestedBytes() > e.heapBytes()) {
                    throw e;
                }
                makeRoom();
                roomWasMade = true;
            } catch (final RuntimeException | Error e) {
                failedWith(e);
                throw e;
            }
            if (lastAbortCause() == AbortCause.RETRY) {
                attempts = 0;
            } else {
                backOff();
            }
        }
    }

    /**
     * Runs a program of steps, as many in each transaction as length control finds right. Each step is atomic, and
     * what it did may be undone and done again with the steps since the last commit. When one fails, these are undone
     * with it. One that calls {@link #retry()} is begun again in a transaction of its own before it waits.
     *
     * @param steps to run to their end.
     */
    public final void runSteps(final Steps steps) {
        if (inTransaction()) {
            throw new IllegalStateException("steps run in transactions of their own: " + name());
        }
        int attempts = 0;
        boolean roomWasMade = false;
        boolean alone = false;
        boolean more = true;
        while (more) {
            beginAttempt(attempts++);
            steps.save(0);
            more = true;
            try {
                final boolean last = doSteps(steps, alone);
                if (!last) {
                    event(EventKind.BREAK, 0);
                }
                if (tryCommitSteps()) {
                    attempts = 0;
                    alone = false;
                    more = !last;
                    continue;
                }
                alone = false;
            } catch (final TransactionAbortedException e) {
                if (e.mutator() != this) {
                    stepsFailed(steps, AbortCause.EXCEPTION);
                    throw e;
                }
                alone = lastAbortCause() == AbortCause.RETRY;
            } catch (final OutOfHeapException e) {
                final boolean rolledBack = stepsFailed(steps, AbortCause.OUT_OF_HEAP);
                if (roomWasMade || !rolledBack || e.requestedBytes() > e.heapBytes()) {
                    throw e;
                }
                makeRoom();
                roomWasMade = true;
                continue;
            } catch (final TransactionCallbackException e) {
                if (inTransaction() || !e.isCommitted()) {
                    stepsFailed(steps, AbortCause.EXCEPTION);
                }
                hasDoneSteps = false;
                throw e;
            } catch (final RuntimeException | Error e) {
                stepsFailed(steps, AbortCause.EXCEPTION);
                throw e;
            }
            hasDoneSteps = false;
            steps.restore(0);
            if (alone) {
                attempts = 0;
            } else {
                backOff();
            }
        }
    }

    /** Says whether the last step was among them. */
    private boolean doSteps(final Steps steps, final boolean alone) {
        if (alone || (state & ESCALATED) != 0) {
            hintCommitSoon();
        }
        boolean more;
        do {
            more = steps.step(this);
            safepoint();
        } while (more && (--pollsLeft >= 0 || !shouldBreakSteps()));
        hasDoneSteps = false;
        return !more;
    }

    private boolean stepsFailed(final Steps steps, final AbortCause cause) {
        hasDoneSteps = false;
        final boolean undone = failed(cause);
        if (undone) {
            steps.restore(0);
        }
        return undone;
    }

    private void beginAttempt(final int attempts) {
        if (attempts < ATTEMPTS_BEFORE_INEVITABLE) {
            begin();
            state |= ATOMIC;
        } else {
            decided(Contention.ESCALATED);
            beginInevitable("aborted " + ATTEMPTS_BEFORE_INEVITABLE + " times");
            state |= ATOMIC | ESCALATED;
        }
    }

    private <T> T perform(
        final Function<? super Mutator, ? extends T> function, final Consumer<? super Mutator> action) {
        if (function != null) {
            return function.apply(this);
        }
        action.accept(this);
        return null;
    }

    private <T> T nested(
        final Function<? super Mutator, ? extends T> function, final Consumer<? super Mutator> action) {
        beginNested();
        final int depth = nestedDepth();
        try {
            final T result = perform(function, action);
            endBlock(depth);
            return result;
        } catch (final TransactionAbortedException e) {
            if (e.mutator() != this) {
                blockFailed(depth);
            }
            throw e;
        } catch (final RuntimeException | Error e) {
            blockFailed(depth, e);
            throw e;
        }
    }

    private void makeRoom() {
        switchTo(Activity.WAIT_COLLECTION);
        try {
            heap.collections().major(CollectionEvent.Cause.EXHAUSTION, name());
        } finally {
            switchTo(Activity.OUTSIDE);
        }
    }

    /** What the body has thrown counts for more than what callbacks throw because of it. */
    private void failedWith(final Throwable thrown) {
        try {
            failed(AbortCause.EXCEPTION);
        } catch (final TransactionCallbackException e) {
            thrown.addSuppressed(e);
        }
    }

    /**
     * Like {@link #atomically(Function)} for a body without result.
     *
     * @param body to run.
     */
    public final void atomicallyDo(final Consumer<? super Mutator> body) {
        atomically(null, body);
    }

    /**
     * Like {@link #atomically(Function)}, where an atomic block is an error: its body would be part of more.
     *
     * @param body to run.
     * @param <T>  type of the result.
     * @return what the body returned in the attempt that committed.
     * @throws IllegalStateException inside an atomic block.
     */
    public final <T> T exclusiveAtomic(final Function<? super Mutator, ? extends T> body) {
        if (isAtomic()) {
            throw new IllegalStateException("an exclusive atomic block cannot be nested in an atomic one: " + name());
        }
        return atomically(body);
    }

    /**
     * Runs a function, and when that calls {@link #retry()} undoes what it did and runs another one instead. When both
     * do, the block around them does. Outside of transactions it is a transaction of its own.
     *
     * @param first  to run as a nested block.
     * @param second to run when the first one calls {@link #retry()}; a part of the block around it.
     * @param <T>    type of the result.
     * @return what the function returned that ended.
     */
    public final <T> T orElse(
        final Function<? super Mutator, ? extends T> first, final Function<? super Mutator, ? extends T> second) {
        if (!inTransaction()) {
            return atomically(mutator -> mutator.orElse(first, second));
        }
        beginNested();
        final int depth = nestedDepth();
        final int outer = alternativeDepth;
        alternativeDepth = depth;
        try {
            final T result = first.apply(this);
            endBlock(depth);
            return result;
        } catch (final TransactionAbortedException e) {
            if (e.mutator() != this) {
                blockFailed(depth);
            }
            if (e.mutator() != this || !takeRetryOf(depth)) {
                throw e;
            }
        } catch (final RuntimeException | Error e) {
            blockFailed(depth, e);
            throw e;
        } finally {
            alternativeDepth = outer;
        }
        return second.apply(this);
    }

    private boolean takeRetryOf(final int depth) {
        final boolean mine = inTransaction() && retriedDepth == depth;
        if (mine) {
            retriedDepth = 0;
        }
        return mine;
    }

    /**
     * Undoes the innermost block that has an alternative, see {@link #orElse}; without one, rolls the transaction back
     * and sleeps until another one has committed a change of something that this one has read. It may be woken without
     * cause. Global roots do not count: they are outside the transactional world.
     *
     * @param <T> whatever the caller needs.
     * @return nothing.
     * @throws TransactionAbortedException always: it takes the program to the alternative, or to the next attempt.
     * @throws IllegalStateException       in no-STM mode, when the transaction has asked to be inevitable, and while
     *                                     this mutator has stopped all others.
     * @throws HeapException               when the thread is interrupted while it sleeps; its interrupt status is set.
     */
    public final <T> T retry() {
        checkRunning();
        if (alternativeDepth != 0 && alternativeDepth <= nestedDepth() && canUndo(alternativeDepth)) {
            undoNested(alternativeDepth);
            retriedDepth = alternativeDepth;
        } else {
            checkCanAbort();
            if (heap.world().isStoppedByCaller()) {
                throw new IllegalStateException("nothing can change while all others are stopped: " + name());
            }
            if (!hasDoneSteps) {
                rollBackAndAwaitChange();
            } else {
                rollBack(AbortCause.RETRY);
                switchTo(Activity.OUTSIDE);
            }
        }
        throw signal();
    }

    @Override
    public final void runFinalizers() {
        if (inTransaction()) {
            throw new IllegalStateException("finalizers run in transactions of their own: " + name());
        }
        heap.finalizers().run(this);
    }

    final String nameOf(final ShadowStack stack) {
        return stack == roots ? name() : name() + (isThreadLocal(stack) ? " thread-local" : " beside the shadow stack");
    }

    final MutatorStatistics.Counters counters() {
        return counters;
    }

    /**
     * Counters so far.
     *
     * @return a copy.
     */
    public final MutatorStatistics statistics() {
        final MutatorStatistics statistics = new MutatorStatistics(name());
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
     * @throws IllegalStateException when a transaction is running, or the others are stopped.
     */
    @Override
    public final void close() {
        if (isClosed()) {
            return;
        }
        endDetached();
        if (inTransaction()) {
            throw new IllegalStateException("end the transaction before the mutator is closed: " + name());
        }
        if (isStopping()) {
            throw new IllegalStateException("resume the others before the mutator is closed: " + name());
        }
        heapClosed();
        heap.mutatorClosed(this);
    }

    @Override
    public final String toString() {
        return "mutator " + name();
    }
}

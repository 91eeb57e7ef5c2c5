package org.segstm.heap;

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
public abstract class Mutator extends TransactionAccess implements AutoCloseable {
    private static final int ATTEMPTS_BEFORE_INEVITABLE = 10;
    private long number;

    Mutator(final SegmentHeap heap, final String name) {
        super(heap, name);
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
                heap.collections().major(CollectionEvent.Cause.EXHAUSTION, name());
                roomWasMade = true;
            } catch (final RuntimeException | Error e) {
                failedWith(e);
                throw e;
            }
            backOff();
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

    @Override
    public final void runFinalizers() {
        if (inTransaction()) {
            throw new IllegalStateException("finalizers run in transactions of their own: " + name());
        }
        heap.finalizers().run(this);
    }

    final String nameOf(final ShadowStack stack) {
        return stack == roots ? name() : name() + " thread-local";
    }

    /** Place in the order of attachment. */
    final long number() {
        return number;
    }

    final void number(final long newNumber) {
        number = newNumber;
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
     * @throws IllegalStateException when a transaction is running.
     */
    @Override
    public final void close() {
        if (isClosed()) {
            return;
        }
        if (inTransaction()) {
            throw new IllegalStateException("end the transaction before the mutator is closed: " + name());
        }
        heapClosed();
        heap.mutatorClosed(this);
    }

    @Override
    public final String toString() {
        return "mutator " + name();
    }
}

package org.segstm.jit;

import org.segstm.heap.Mutator;
import org.segstm.heap.TransactionAbortedException;

import java.util.function.ToLongFunction;

/** Steps of two mutators on one thread. */
final class Steps {
    /** Result of a step whose transaction had been rolled back. */
    static final long ABORTED = Long.MIN_VALUE;

    private Steps() {
    }

    static void begin(final Mutator mutator) {
        mutator.begin();
        mutator.park();
    }

    /** Runs a step of a parked mutator and parks it again. */
    static long step(final Mutator mutator, final ToLongFunction<Mutator> action) {
        try {
            mutator.unpark();
            final long result = action.applyAsLong(mutator);
            mutator.park();
            return result;
        } catch (final TransactionAbortedException e) {
            return ABORTED;
        }
    }

    static boolean commit(final Mutator mutator) {
        try {
            mutator.unpark();
            return mutator.tryCommit();
        } catch (final TransactionAbortedException e) {
            return false;
        }
    }

    /** Ends a transaction that a failed test has left open, parked or not. */
    static void end(final Mutator mutator, final boolean serial) {
        try {
            mutator.unpark();
        } catch (final IllegalStateException e) {
            // It was not parked.
        } catch (final TransactionAbortedException e) {
            return;
        }
        if (serial) {
            mutator.commit();
        } else {
            mutator.abort();
        }
    }
}

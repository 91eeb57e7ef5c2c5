package org.segstm.heap.finalization;

import org.segstm.heap.Mutator;

/** What is done with an object that cannot be reached any more. */
@FunctionalInterface
public interface Finalizer {
    /**
     * Runs in a transaction of its own, again when that aborts. What it throws is given to the thread's uncaught
     * exception handler, its transaction is rolled back, and it is not run again.
     *
     * @param mutator in whose transaction it runs; what it pushes is popped afterwards.
     * @param ref     of the object, which stays alive until the transaction ends.
     */
    void finalizeObject(Mutator mutator, long ref);
}

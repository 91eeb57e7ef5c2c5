package org.segstm.heap;

/** Why a transaction was rolled back. */
public enum AbortCause {
    /** Another transaction committed a write to something this one had read or written. */
    READ_CONFLICT,
    /** The conflict was found when the transaction asked to become inevitable. */
    INEVITABLE,
    /** The conflict was found by somebody else, while all segments stood still for a reshare. */
    RESHARE,
    /** {@link Mutator#abort()} was called. */
    EXPLICIT,
    /** {@link Mutator#retry()} was called, and something that was read had to change first. */
    RETRY,
    /** The body of an atomic block threw an exception. */
    EXCEPTION,
    /** There was no room left in the heap. */
    OUT_OF_HEAP,
    /** The thread that drove the mutator died inside a transaction. */
    THREAD_DIED;

    /**
     * Was it because of what another transaction has committed?
     *
     * @return true for conflicts.
     */
    public boolean isConflict() {
        return this == READ_CONFLICT || this == INEVITABLE || this == RESHARE;
    }
}

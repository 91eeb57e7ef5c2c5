package org.segstm.heap.event;

/** Is told of conflicts. */
@FunctionalInterface
public interface ConflictListener {
    /**
     * A transaction was rolled back. Called by the thread of its mutator, outside of any transaction: must be quick,
     * and must not run another one. What it throws reaches that thread in place of the next attempt, in a
     * {@link org.segstm.heap.TransactionCallbackException}.
     *
     * @param conflict what happened.
     */
    void conflict(Conflict conflict);
}

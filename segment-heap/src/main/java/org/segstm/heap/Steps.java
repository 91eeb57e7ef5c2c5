package org.segstm.heap;

/**
 * A program in steps that goes on where its last commit was: what it keeps outside the heap, such as the number of the
 * next step, is remembered at each begin and restored at each abort, always as level 0.
 */
public interface Steps extends TransactionState {
    /**
     * Does the next step, inside a transaction. All refs in use are on the shadow stack when it returns.
     *
     * @param mutator whose transaction runs.
     * @return false after the last step.
     */
    boolean step(Mutator mutator);
}

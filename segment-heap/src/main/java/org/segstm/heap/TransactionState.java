package org.segstm.heap;

/**
 * State outside the heap that belongs to a mutator and has to follow its transactions. Levels are those of nested
 * atomic blocks that can be rolled back alone: each remembers a state of its own.
 */
public interface TransactionState {
    /**
     * Remembers the state; called when a transaction begins, and at each savepoint in it. Must not block.
     *
     * @param level 0 for the transaction, from 1 for savepoints; what higher levels remember is void.
     */
    void save(int level);

    /**
     * Returns to a remembered state; called after the heap was rolled back. Must not block.
     *
     * @param level whose state to return to.
     */
    void restore(int level);
}

package org.segstm.heap;

/** State outside the heap that belongs to a mutator and has to follow its transactions. */
public interface TransactionState {
    /** Remembers the state; called when a transaction begins. Must not block. */
    void save();

    /** Returns to the remembered state; called after the heap was rolled back. Must not block. */
    void restore();
}

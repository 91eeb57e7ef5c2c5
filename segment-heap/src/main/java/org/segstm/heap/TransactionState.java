package org.segstm.heap;

/** State outside the heap that belongs to a mutator and has to follow its transactions. */
public interface TransactionState {
    /** Remembers the state; called when a transaction begins. Must not block. */
    void save();

    /** Returns to the remembered state; called after the heap was rolled back. Must not block. */
    void restore();

    /**
     * Remembers the state at the begin of a nested block, besides what {@link #save()} remembers. Must not block.
     *
     * @return what {@link #restoreNested} needs; the heap keeps it.
     */
    default Object saveNested() {
        throw new UnsupportedOperationException("this state cannot follow nested blocks: " + this);
    }

    /**
     * Returns to the state at the begin of a nested block, which was undone. Must not block.
     *
     * @param saved what {@link #saveNested} returned then.
     */
    default void restoreNested(final Object saved) {
        throw new UnsupportedOperationException("this state cannot follow nested blocks: " + this);
    }
}

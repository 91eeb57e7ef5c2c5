package org.segstm.heap.segment;

/** Is told of what conflict reports are made from. */
public interface AccessTrace {
    /**
     * An old object, or a card, is about to be written and was not in the write set, or not since the last savepoint.
     *
     * @param granuleRef ref of the object, or of the card's first byte.
     */
    void wrote(long granuleRef);

    /**
     * What was written is in an entry that is about to be published, maybe by another thread.
     *
     * @param entry address.
     */
    void publishing(long entry);

    /**
     * An entry wrote what the running transaction has read or written. Called by whoever has found it: the thread that
     * runs the transaction, or another while that one stands still.
     *
     * @param granuleRef ref of the object, or of the card's first byte.
     * @param entry      address; it is in the log.
     */
    void conflictFound(long granuleRef, long entry);
}

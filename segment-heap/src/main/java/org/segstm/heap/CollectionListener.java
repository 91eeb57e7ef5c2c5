package org.segstm.heap;

/** Is told of collections. */
@FunctionalInterface
public interface CollectionListener {
    /**
     * A collection has ended and all mutators may run again. Called by the thread that collected, for minor collections
     * in the middle of its transaction: must be quick and must not use the heap. What it throws reaches that thread.
     *
     * @param event what happened.
     */
    void collected(CollectionEvent event);
}

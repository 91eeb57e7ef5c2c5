package org.segstm.heap.segment;

/** Who runs transactions in a segment: a mutator, seen from what manages segments. */
public interface SegmentOwner {
    /**
     * Name for messages.
     *
     * @return the name.
     */
    String name();

    /**
     * The thread that drives the owner now, or drove it last.
     *
     * @return the thread.
     */
    Thread thread();
}

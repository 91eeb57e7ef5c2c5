package org.segstm.heap.util;

/** Longs by index: what the lists have in common for those who only read them, where time does not matter. */
public interface LongSequence {
    /**
     * Number of elements.
     *
     * @return the size.
     */
    int size();

    /**
     * Element at an index below {@link #size()}.
     *
     * @param index from 0.
     * @return the element.
     */
    long get(int index);
}

package org.segstm.heap.util;

import java.util.Arrays;

/** A growable list of longs that never shrinks, so that steady use allocates nothing. Not thread safe. */
public final class LongList implements LongSequence {
    private static final int INITIAL_CAPACITY = 64;
    private static final long LONGEST_ARRAY = Integer.MAX_VALUE - 8L;
    private long[] elements = new long[INITIAL_CAPACITY];
    private int size;

    @Override
    public int size() {
        return size;
    }

    /**
     * Has no elements.
     *
     * @return true when empty.
     */
    public boolean isEmpty() {
        return size == 0;
    }

    @Override
    public long get(final int index) {
        return elements[index];
    }

    /**
     * Replaces an element.
     *
     * @param index below {@link #size()}.
     * @param value new element.
     */
    public void set(final int index, final long value) {
        elements[index] = value;
    }

    /**
     * Appends an element.
     *
     * @param value to append.
     */
    public void add(final long value) {
        if (size == elements.length) {
            grow(size + 1);
        }
        elements[size++] = value;
    }

    /**
     * Removes and returns the last element.
     *
     * @return the element that was last.
     */
    public long removeLast() {
        return elements[--size];
    }

    /**
     * Drops elements from the end.
     *
     * @param newSize not above {@link #size()}.
     */
    public void truncate(final int newSize) {
        size = newSize;
    }

    /** Drops all elements. */
    public void clear() {
        size = 0;
    }

    /** Sorts ascending. */
    public void sort() {
        Arrays.sort(elements, 0, size);
    }

    /**
     * The backing array; valid until the next append.
     *
     * @return the array, of which the first {@link #size()} elements count.
     */
    public long[] array() {
        return elements;
    }

    /**
     * Makes room for elements that the caller stores into {@link #array()} itself.
     *
     * @param count number of elements to append.
     * @return index of the first.
     */
    public int extend(final int count) {
        final int start = size;
        if (count > elements.length - start) {
            grow(start + count);
        }
        size = start + count;
        return start;
    }

    private void grow(final int minimum) {
        if (minimum < 0 || minimum > LONGEST_ARRAY) {
            throw new OutOfMemoryError("list longer than an array can be");
        }
        final long doubled = Math.max(minimum, elements.length * 2L);
        elements = Arrays.copyOf(elements, (int) Math.min(LONGEST_ARRAY, doubled));
    }
}

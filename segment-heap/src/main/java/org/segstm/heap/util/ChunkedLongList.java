package org.segstm.heap.util;

import java.util.Arrays;

/**
 * A growable list of longs that may become very long: it grows by chunks of half a MiB, so that nothing is copied and
 * no array becomes garbage, and keeps a few of them when it is cleared. Up to the first chunk it is an array that
 * doubles. Not thread safe.
 */
public final class ChunkedLongList implements LongSequence {
    private static final int INITIAL_CAPACITY = 64;
    private static final int LOG_LONGS_IN_CHUNK = 16;
    private static final int LONGS_IN_CHUNK = 1 << LOG_LONGS_IN_CHUNK;
    private static final int CHUNK_MASK = LONGS_IN_CHUNK - 1;
    private static final int KEPT_CHUNKS = 2;

    private long[][] chunks = {new long[INITIAL_CAPACITY]};
    /** How many of the table's first elements are chunks. */
    private int chunkCount = 1;
    /** The one with the next free place; full when the position is its length. */
    private long[] chunk = chunks[0];
    private int position;
    private int sizeBefore;

    @Override
    public int size() {
        return sizeBefore + position;
    }

    /**
     * Has no elements.
     *
     * @return true when empty.
     */
    public boolean isEmpty() {
        return size() == 0;
    }

    @Override
    public long get(final int index) {
        return chunks[index >>> LOG_LONGS_IN_CHUNK][index & CHUNK_MASK];
    }

    /**
     * Appends an element.
     *
     * @param value to append.
     */
    public void add(final long value) {
        if (position == chunk.length) {
            grow();
        }
        chunk[position++] = value;
    }

    /**
     * Drops elements from the end.
     *
     * @param newSize not above {@link #size()}.
     */
    public void truncate(final int newSize) {
        final int index = newSize == 0 ? 0 : newSize - 1 >>> LOG_LONGS_IN_CHUNK;
        chunk = chunks[index];
        sizeBefore = index << LOG_LONGS_IN_CHUNK;
        position = newSize - sizeBefore;
    }

    /** Drops all elements, and the memory of all but a few. */
    public void clear() {
        position = 0;
        if (chunkCount != 1) {
            truncate(0);
            if (chunkCount > KEPT_CHUNKS) {
                chunks = Arrays.copyOf(chunks, KEPT_CHUNKS);
                chunkCount = KEPT_CHUNKS;
            }
        }
    }

    /**
     * Room for elements without more memory.
     *
     * @return number of elements.
     */
    public long capacity() {
        return chunkCount == 1 ? chunks[0].length : (long) chunkCount << LOG_LONGS_IN_CHUNK;
    }

    private void grow() {
        if (chunk.length < LONGS_IN_CHUNK) {
            chunk = Arrays.copyOf(chunk, 2 * chunk.length);
            chunks[0] = chunk;
            return;
        }
        final int next = (sizeBefore >>> LOG_LONGS_IN_CHUNK) + 1;
        if (next > Integer.MAX_VALUE >>> LOG_LONGS_IN_CHUNK) {
            throw new OutOfMemoryError("list longer than an index can be");
        }
        if (next == chunks.length) {
            chunks = Arrays.copyOf(chunks, 2 * chunks.length);
        }
        if (next == chunkCount) {
            chunks[next] = new long[LONGS_IN_CHUNK];
            chunkCount++;
        }
        chunk = chunks[next];
        sizeBefore = next << LOG_LONGS_IN_CHUNK;
        position = 0;
    }
}

package org.segstm.gc.major;

import org.segstm.bridge.Memory;

import static org.segstm.heap.layout.ObjectHeader.LOG_BYTES_IN_WORD;

/**
 * What one worker has marked and not yet looked into: last in, first out for the worker itself, while the oldest, from
 * which most can be reached, go to others. A ring in native memory, so that a large heap needs no large Java heap.
 */
final class MarkStack implements AutoCloseable {
    private static final long INITIAL_CAPACITY = 1 << 12;
    private static final long CAPACITY_TO_KEEP = 1 << 16;

    private long address;
    private long mask;
    /** Running numbers: element n lies at {@code n & mask}. */
    private long oldest;
    private long end;

    boolean isEmpty() {
        return oldest == end;
    }

    long size() {
        return end - oldest;
    }

    void push(final long item) {
        if (address == 0 || end - oldest > mask) {
            grow();
        }
        Memory.putLong(addressOf(end++), item);
    }

    long pop() {
        return Memory.getLong(addressOf(--end));
    }

    /** Removes the oldest items, at most half of all. */
    long[] takeOldest(final int most) {
        final long[] items = new long[(int) Math.min(most, size() + 1 >>> 1)];
        for (int i = 0; i < items.length; i++) {
            items[i] = Memory.getLong(addressOf(oldest++));
        }
        return items;
    }

    /** Forgets everything and gives back what a usual collection does not need. */
    void reset() {
        oldest = 0;
        end = 0;
        if (mask >= CAPACITY_TO_KEEP) {
            close();
        }
    }

    @Override
    public void close() {
        Memory.free(address);
        address = 0;
        mask = 0;
    }

    private void grow() {
        final long capacity = address == 0 ? INITIAL_CAPACITY : mask + 1 << 1;
        final long grown = Memory.allocate(capacity << LOG_BYTES_IN_WORD);
        for (long n = oldest; n < end; n++) {
            Memory.putLong(grown + ((n & capacity - 1) << LOG_BYTES_IN_WORD), Memory.getLong(addressOf(n)));
        }
        Memory.free(address);
        address = grown;
        mask = capacity - 1;
    }

    private long addressOf(final long number) {
        return address + ((number & mask) << LOG_BYTES_IN_WORD);
    }
}

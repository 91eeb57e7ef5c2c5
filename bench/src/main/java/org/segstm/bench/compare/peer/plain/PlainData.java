package org.segstm.bench.compare.peer.plain;

import org.segstm.bench.compare.peer.Session;
import org.segstm.bench.compare.peer.StoreShape;

/** An array and a hash map with chained entries, of which each bucket can be guarded by a lock of its own. */
public final class PlainData {
    private final long[] cells;
    private final Entry[] buckets;

    /**
     * Sets the data up.
     *
     * @param shape to begin with.
     */
    public PlainData(final StoreShape shape) {
        cells = new long[shape.cells()];
        for (int i = 0; i < cells.length; i++) {
            cells[i] = shape.initialValue().of(i);
        }
        buckets = new Entry[shape.buckets()];
        for (int key = 0; key < shape.keys(); key++) {
            if (StoreShape.isThereAtFirst(key)) {
                put(key, StoreShape.valueOf(key));
            }
        }
    }

    /**
     * Reads a cell.
     *
     * @param cell its index.
     * @return its number.
     */
    public long get(final int cell) {
        return cells[cell];
    }

    /**
     * Stores into a cell.
     *
     * @param cell  its index.
     * @param value the number.
     */
    public void set(final int cell, final long value) {
        cells[cell] = value;
    }

    /**
     * Looks a key up.
     *
     * @param key to find.
     * @return its value or {@link Session#ABSENT}.
     */
    public long find(final int key) {
        Entry entry = buckets[bucketOf(key)];
        while (entry != null && entry.key != key) {
            entry = entry.next;
        }
        return entry == null ? Session.ABSENT : entry.value;
    }

    /**
     * Puts a key in, or replaces its value.
     *
     * @param key   to put.
     * @param value of it.
     * @return true when it was not there.
     */
    public boolean put(final int key, final long value) {
        final int bucket = bucketOf(key);
        Entry entry = buckets[bucket];
        while (entry != null && entry.key != key) {
            entry = entry.next;
        }
        if (entry != null) {
            entry.value = value;
            return false;
        }
        buckets[bucket] = new Entry(key, value, buckets[bucket]);
        return true;
    }

    /**
     * Takes a key out.
     *
     * @param key to take out.
     * @return true when it was there.
     */
    public boolean remove(final int key) {
        final int bucket = bucketOf(key);
        Entry before = null;
        Entry entry = buckets[bucket];
        while (entry != null && entry.key != key) {
            before = entry;
            entry = entry.next;
        }
        if (entry == null) {
            return false;
        }
        if (before == null) {
            buckets[bucket] = entry.next;
        } else {
            before.next = entry.next;
        }
        return true;
    }

    private int bucketOf(final int key) {
        return StoreShape.bucketOf(key, buckets.length);
    }

    private static final class Entry {
        private final int key;
        private long value;
        private Entry next;

        Entry(final int key, final long value, final Entry next) {
            this.key = key;
            this.value = value;
            this.next = next;
        }
    }
}

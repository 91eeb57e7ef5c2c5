package org.segstm.heap.util;

import java.util.Arrays;

/** A map from positive longs to longs, 0 standing for nothing. Open addressing, no removal. Not thread safe. */
public final class LongMap {
    private static final int INITIAL_CAPACITY = 64;
    private static final int LARGEST_KEPT_CAPACITY = 1 << 12;
    private static final int LARGEST_CAPACITY = 1 << 30;
    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;
    private long[] keys = new long[INITIAL_CAPACITY];
    private long[] values = new long[INITIAL_CAPACITY];
    private int size;

    /**
     * Value of a key.
     *
     * @param key above 0.
     * @return its value, 0 when there is none.
     */
    public long get(final long key) {
        return size == 0 ? 0 : values[indexOf(key)];
    }

    /**
     * Sets the value of a key.
     *
     * @param key   above 0.
     * @param value any.
     */
    public void put(final long key, final long value) {
        final int index = indexOf(key);
        if (keys[index] == 0) {
            keys[index] = key;
            values[index] = value;
            if (++size > keys.length / 2) {
                grow();
            }
        } else {
            values[index] = value;
        }
    }

    /**
     * Number of keys.
     *
     * @return the size.
     */
    public int size() {
        return size;
    }

    /** Forgets all. Costs nothing when there is nothing. */
    public void clear() {
        if (size != 0) {
            if (keys.length > LARGEST_KEPT_CAPACITY) {
                keys = new long[INITIAL_CAPACITY];
                values = new long[INITIAL_CAPACITY];
            } else {
                Arrays.fill(keys, 0);
                Arrays.fill(values, 0);
            }
            size = 0;
        }
    }

    private int indexOf(final long key) {
        final int mask = keys.length - 1;
        int index = (int) (key * MULTIPLIER >>> Integer.SIZE) & mask;
        while (keys[index] != 0 && keys[index] != key) {
            index = index + 1 & mask;
        }
        return index;
    }

    private void grow() {
        final long[] oldKeys = keys;
        final long[] oldValues = values;
        if (oldKeys.length == LARGEST_CAPACITY) {
            throw new OutOfMemoryError("map larger than an array can be");
        }
        keys = new long[oldKeys.length * 2];
        values = new long[keys.length];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != 0) {
                final int index = indexOf(oldKeys[i]);
                keys[index] = oldKeys[i];
                values[index] = oldValues[i];
            }
        }
    }
}

package org.segstm.bench.compare.peer;

/**
 * One thread's access to a {@link Store}. Cells and map may be touched inside transactions only. A class and not an
 * interface, so that the one party of a measuring JVM is called directly.
 */
public abstract class Session implements AutoCloseable {
    /** What {@link #find} returns when there is no such key. */
    public static final long ABSENT = Long.MIN_VALUE;

    /**
     * Makes a transaction of a step, once for all its runs.
     *
     * @param step what it does.
     * @return runs the step until it has committed. What the step throws rolls back and passes on.
     */
    public abstract Runnable prepare(Step step);

    /**
     * Reads a cell.
     *
     * @param cell its index.
     * @return its number.
     */
    public abstract long get(int cell);

    /**
     * Stores into a cell.
     *
     * @param cell  its index.
     * @param value the number.
     */
    public abstract void set(int cell, long value);

    /**
     * Looks a key up in the map.
     *
     * @param key from 0 to the store's number of keys.
     * @return its value, or {@link #ABSENT}.
     */
    public abstract long find(int key);

    /**
     * Puts a key into the map, or replaces its value.
     *
     * @param key   from 0 to the store's number of keys.
     * @param value not {@link #ABSENT}.
     * @return true when the key was not there.
     */
    public abstract boolean put(int key, long value);

    /**
     * Takes a key out of the map.
     *
     * @param key from 0 to the store's number of keys.
     * @return true when it was there.
     */
    public abstract boolean remove(int key);

    @Override
    public void close() {
        // Most have nothing to give back.
    }
}

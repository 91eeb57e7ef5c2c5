package org.segstm.bench.lee.grid;

/** One thread's access to a grid. A class and no interface, so that the one of a measuring JVM is called directly. */
public abstract class GridSession implements AutoCloseable {
    /**
     * Makes a transaction of a body, once for all its runs.
     *
     * @param body reads and writes cells.
     * @return runs the body until it has committed.
     */
    public abstract Runnable atomic(Runnable body);

    /**
     * Makes the cheapest thing there is of a body that only looks for something that an atomic body will look at again.
     *
     * @param body reads cells.
     * @return runs the body; what it reads was there at some time.
     */
    public abstract Runnable glance(Runnable body);

    /**
     * Reads a cell.
     *
     * @param cell its number.
     * @return what it holds.
     */
    public abstract int get(int cell);

    /**
     * Stores into a cell.
     *
     * @param cell  its number.
     * @param value to hold.
     */
    public abstract void set(int cell, int value);

    /** Called now and then by long bodies that hold no references. */
    public void poll() {
        // Most need no such thing.
    }

    @Override
    public void close() {
        // Most have nothing to give back.
    }
}

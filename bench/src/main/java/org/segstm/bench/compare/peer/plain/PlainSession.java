package org.segstm.bench.compare.peer.plain;

import org.segstm.bench.compare.peer.Session;
import org.segstm.bench.compare.peer.Step;

/** Steps over plain data; a subclass may do something around them. */
public class PlainSession extends Session {
    private final PlainData data;

    /**
     * Makes a session.
     *
     * @param data that it reads and writes.
     */
    public PlainSession(final PlainData data) {
        this.data = data;
    }

    @Override
    public Runnable prepare(final Step step) {
        return step::run;
    }

    @Override
    public final long get(final int cell) {
        return data.get(cell);
    }

    @Override
    public final void set(final int cell, final long value) {
        data.set(cell, value);
    }

    @Override
    public final long find(final int key) {
        return data.find(key);
    }

    @Override
    public final boolean put(final int key, final long value) {
        return data.put(key, value);
    }

    @Override
    public final boolean remove(final int key) {
        return data.remove(key);
    }
}

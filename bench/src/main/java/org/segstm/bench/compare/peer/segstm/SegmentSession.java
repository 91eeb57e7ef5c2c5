package org.segstm.bench.compare.peer.segstm;

import org.segstm.bench.compare.peer.Session;
import org.segstm.bench.compare.peer.Step;
import org.segstm.heap.Mutator;

import java.util.function.Function;

import static org.segstm.bench.compare.peer.segstm.CompareHeap.NUMBER;

/** Atomic blocks of a mutator. */
final class SegmentSession extends Session {
    private final Mutator mutator;
    private final long[] cells;
    private final OpenTable map;

    SegmentSession(final Mutator mutator, final long[] cells, final OpenTable map) {
        this.mutator = mutator;
        this.cells = cells;
        this.map = map;
    }

    @Override
    public Runnable prepare(final Step step) {
        final Function<Mutator, Object> body = m -> {
            step.run();
            return null;
        };
        return () -> mutator.atomically(body);
    }

    @Override
    public long get(final int cell) {
        return mutator.getLong(cells[cell], NUMBER);
    }

    @Override
    public void set(final int cell, final long value) {
        mutator.putLong(cells[cell], NUMBER, value);
    }

    @Override
    public long find(final int key) {
        return map.find(mutator, key);
    }

    @Override
    public boolean put(final int key, final long value) {
        return map.put(mutator, key, value);
    }

    @Override
    public boolean remove(final int key) {
        return map.remove(mutator, key);
    }

    @Override
    public void close() {
        mutator.close();
    }
}

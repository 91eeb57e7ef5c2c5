package org.segstm.bench.compare.peer.segstm;

import org.segstm.bench.compare.peer.Session;
import org.segstm.bench.compare.peer.Step;
import org.segstm.bench.compare.peer.StoreShape;
import org.segstm.heap.Mutator;

import java.util.function.Function;

import static org.segstm.bench.compare.peer.segstm.CompareHeap.KEY;
import static org.segstm.bench.compare.peer.segstm.CompareHeap.NEXT;
import static org.segstm.bench.compare.peer.segstm.CompareHeap.NUMBER;
import static org.segstm.bench.compare.peer.segstm.CompareHeap.VALUE;

/** Atomic blocks of a mutator. */
final class SegmentSession extends Session {
    private final Mutator mutator;
    private final long[] cells;
    private final long table;
    private final int buckets;

    SegmentSession(final Mutator mutator, final long[] cells, final long table, final int buckets) {
        this.mutator = mutator;
        this.cells = cells;
        this.table = table;
        this.buckets = buckets;
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
        final Mutator m = mutator;
        final long entry = entryOf(m, m.getRefAt(table, bucketOf(key)), key);
        return entry == 0 ? ABSENT : m.getLong(entry, VALUE);
    }

    @Override
    public boolean put(final int key, final long value) {
        final Mutator m = mutator;
        final int bucket = bucketOf(key);
        final long first = m.getRefAt(table, bucket);
        final long entry = entryOf(m, first, key);
        if (entry != 0) {
            m.putLong(entry, VALUE, value);
            return false;
        }
        m.putRefAt(table, bucket, CompareHeap.newEntry(m, key, value, first));
        return true;
    }

    @Override
    public boolean remove(final int key) {
        final Mutator m = mutator;
        final int bucket = bucketOf(key);
        long before = 0;
        long entry = m.getRefAt(table, bucket);
        while (entry != 0 && m.getLong(entry, KEY) != key) {
            before = entry;
            entry = m.getRef(entry, NEXT);
        }
        if (entry == 0) {
            return false;
        }
        if (before == 0) {
            m.putRefAt(table, bucket, m.getRef(entry, NEXT));
        } else {
            m.putRef(before, NEXT, m.getRef(entry, NEXT));
        }
        return true;
    }

    private static long entryOf(final Mutator m, final long first, final int key) {
        long entry = first;
        while (entry != 0 && m.getLong(entry, KEY) != key) {
            entry = m.getRef(entry, NEXT);
        }
        return entry;
    }

    private int bucketOf(final int key) {
        return StoreShape.bucketOf(key, buckets);
    }

    @Override
    public void close() {
        mutator.close();
    }
}

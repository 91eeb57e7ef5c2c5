package org.segstm.gc.protocol;

import org.segstm.heap.GlobalRoot;
import org.segstm.heap.HeapContext;
import org.segstm.heap.Mutator;
import org.segstm.heap.PageSharing;
import org.segstm.heap.SegmentHeap;
import org.segstm.heap.TransactionAbortedException;
import org.segstm.heap.layout.Field;
import org.segstm.heap.layout.FieldType;
import org.segstm.heap.layout.ObjectLayout;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * A heap on whose stage one thread lets several mutators act in turn: {@link #on} parks the one that acted last.
 * Committed objects never move, so tests keep their refs in local variables.
 */
public final class Stage implements AutoCloseable {
    /** Longs in a wide object, which has several slices but no cards. */
    public static final int WIDE_LONGS = 60;

    public final SegmentHeap heap;
    public final Mutator a;
    public final Mutator b;
    public final Mutator c;
    /** A fixed object: a number and a ref. */
    public final ObjectLayout cell;
    public final Field value;
    public final Field next;
    /** Refs without a fixed part: element 14 is the first of the second card. */
    public final ObjectLayout array;
    /** Bytes without a fixed part: byte 112 is the first of the second card. */
    public final ObjectLayout blob;
    /** A fixed object of four slices. */
    public final ObjectLayout wide;
    public final Field[] wideLongs = new Field[WIDE_LONGS];
    public final Field wideRef;
    private final List<Mutator> mutators = new ArrayList<>();
    private Mutator acting;

    public Stage(final PageSharing sharing) {
        this(context(sharing));
    }

    public Stage(final HeapContext context) {
        heap = SegmentHeap.open(context);
        final ObjectLayout.Builder cellBuilder = ObjectLayout.named("cell");
        value = cellBuilder.field("value", FieldType.INT64);
        next = cellBuilder.field("next", FieldType.REF);
        cell = heap.register(cellBuilder);
        array = heap.register(ObjectLayout.named("array").variableRefs());
        blob = heap.register(ObjectLayout.named("blob").variableBytes());
        final ObjectLayout.Builder wideBuilder = ObjectLayout.named("wide");
        for (int i = 0; i < WIDE_LONGS; i++) {
            wideLongs[i] = wideBuilder.field("long" + i, FieldType.INT64);
        }
        wideRef = wideBuilder.field("ref", FieldType.REF);
        wide = heap.register(wideBuilder);
        a = mutator("A");
        b = mutator("B");
        c = mutator("C");
    }

    /** How many threads sleep until something changes. */
    public int sleepers() {
        return a.inspect().sleepingForChange();
    }

    public static HeapContext context(final PageSharing sharing) {
        return new HeapContext().segments(4).pageSharing(sharing).heapBytes(16 << 20).nurseryBytes(64 << 10);
    }

    public Mutator mutator(final String name) {
        final Mutator mutator = heap.attachMutator(name);
        mutators.add(mutator);
        return mutator;
    }

    /** Lets a mutator act; the one that acted before is parked when it is inside a transaction. */
    public Mutator on(final Mutator mutator) {
        if (acting != mutator) {
            parkActing();
            acting = mutator;
            if (mutator.inTransaction()) {
                mutator.unpark();
            }
        }
        return mutator;
    }

    /** Parks whoever acts, so that this thread may stop the world or wait. */
    public void parkActing() {
        if (acting != null && acting.inTransaction()) {
            acting.park();
        }
        acting = null;
    }

    public Mutator begin(final Mutator mutator) {
        on(mutator).begin();
        return mutator;
    }

    public boolean tryCommit(final Mutator mutator) {
        return on(mutator).tryCommit();
    }

    public void commit(final Mutator mutator) {
        on(mutator).commit();
    }

    public void abort(final Mutator mutator) {
        on(mutator).abort();
    }

    public void reshare() {
        parkActing();
        heap.reshare();
    }

    /** Commits what a maker returns and keeps it alive. */
    public long committed(final Mutator mutator, final ToLongFunction<Mutator> maker) {
        begin(mutator);
        mutator.push(maker.applyAsLong(mutator));
        mutator.commit();
        final long ref = mutator.pop();
        final GlobalRoot root = heap.newGlobalRoot("committed");
        root.set(ref);
        return ref;
    }

    public long committedCell(final long number) {
        return committed(a, m -> newCell(m, number, 0));
    }

    public long newCell(final Mutator mutator, final long number, final long nextRef) {
        final long ref = mutator.allocate(cell);
        mutator.putLong(ref, value, number);
        mutator.putRef(ref, next, nextRef);
        return ref;
    }

    public long get(final Mutator mutator, final long ref) {
        return on(mutator).getLong(ref, value);
    }

    public void put(final Mutator mutator, final long ref, final long number) {
        on(mutator).putLong(ref, value, number);
    }

    /** What a transaction of its own sees in a cell. */
    public long committedValue(final Mutator mutator, final long ref) {
        begin(mutator);
        final long number = mutator.getLong(ref, value);
        mutator.commit();
        return number;
    }

    /** Writes a cell in a transaction of its own. */
    public void write(final Mutator mutator, final long ref, final long number) {
        begin(mutator);
        mutator.putLong(ref, value, number);
        mutator.commit();
    }

    /** Brings all mutators named into the heap and out of solo mode. */
    public void attach(final Mutator... some) {
        for (final Mutator mutator : some) {
            begin(mutator).commit();
        }
    }

    @Override
    public void close() {
        for (final Mutator mutator : mutators) {
            endTransaction(mutator);
        }
        mutators.forEach(Mutator::close);
        heap.close();
    }

    private void endTransaction(final Mutator mutator) {
        try {
            if (on(mutator).inTransaction()) {
                if (mutator.isInevitable()) {
                    mutator.commit();
                } else {
                    mutator.abort();
                }
            }
        } catch (final TransactionAbortedException e) {
            // Rolled back while it was parked: what was wanted.
        }
    }
}

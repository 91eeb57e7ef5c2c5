package org.segstm.gc.jcstress;

import org.segstm.heap.GlobalRoot;
import org.segstm.heap.HeapContext;
import org.segstm.heap.Mutator;
import org.segstm.heap.SegmentHeap;
import org.segstm.heap.layout.Field;
import org.segstm.heap.layout.FieldType;
import org.segstm.heap.layout.ObjectLayout;

/**
 * The heap of a stress test, one per JVM: opening one for each state would leave no time for races. States take their
 * cells from a ring that is longer than the states alive at a time, and set them to zero.
 */
final class Arena {
    private static final int CELLS = 1 << 15;
    private static final int CELL_MASK = CELLS - 1;

    final SegmentHeap heap;
    final Mutator first;
    final Mutator second;
    /** Makes states ready and judges them. */
    final Mutator judge;
    final ObjectLayout cell;
    final Field value;
    final Field next;
    private final long[] ring = new long[CELLS];
    private int taken;

    Arena(final int segments) {
        heap = SegmentHeap.open(new HeapContext().segments(segments).markerShare(1).heapBytes(1L << 30)
            .nurseryBytes(64 << 10).logBytes(8 << 20).minimumMajorBytes(512 << 20).privateBudgetBytes(256 << 20));
        final ObjectLayout.Builder builder = ObjectLayout.named("cell");
        value = builder.field("value", FieldType.INT64);
        next = builder.field("next", FieldType.REF);
        cell = heap.register(builder);
        final ObjectLayout table = heap.register(ObjectLayout.named("table").variableRefs());
        first = heap.attachMutator("first");
        second = heap.attachMutator("second");
        judge = heap.attachMutator("judge");
        final GlobalRoot root = heap.newGlobalRoot("cells");
        first.atomicallyDo(m -> {
            m.push(m.allocate(table, CELLS));
            for (int i = 0; i < CELLS; i++) {
                m.putRefAt(m.root(0), i, m.allocate(cell));
                m.safepoint();
            }
        });
        root.set(first.pop());
        first.atomicallyDo(m -> {
            for (int i = 0; i < CELLS; i++) {
                ring[i] = m.getRefAt(root.get(), i);
            }
        });
    }

    /** Sets two cells to zero; their refs are {@link #cellAt} the result and the next number. */
    synchronized int zeroCells(final Mutator maker) {
        final int number = taken;
        taken = taken + 2 & CELL_MASK;
        maker.atomicallyDo(m -> {
            for (int i = number; i < number + 2; i++) {
                m.putLong(ring[i], value, 0);
                m.putRef(ring[i], next, 0);
            }
        });
        return number;
    }

    long cellAt(final int number) {
        return ring[number];
    }

    int get(final Mutator mutator, final long ref) {
        return (int) mutator.getLong(ref, value);
    }

    void put(final Mutator mutator, final long ref, final int number) {
        mutator.putLong(ref, value, number);
    }

    void increment(final Mutator mutator, final long ref) {
        put(mutator, ref, get(mutator, ref) + 1);
    }

    /** What a transaction of its own sees. Several threads may judge at a time. */
    synchronized int committed(final Mutator mutator, final long ref) {
        return mutator.atomically(m -> get(m, ref));
    }
}

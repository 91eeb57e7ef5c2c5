package org.segstm.jit;

import org.segstm.heap.HeapContext;
import org.segstm.heap.Mutator;
import org.segstm.heap.PageSharing;
import org.segstm.heap.SegmentHeap;
import org.segstm.heap.layout.Field;
import org.segstm.heap.layout.FieldType;
import org.segstm.heap.layout.ObjectLayout;

/**
 * A small heap with committed objects that never move, and two mutators that one thread drives in turn: they are parked
 * but for the time of a step.
 */
public final class JitHeap implements AutoCloseable {
    static final int CELLS = 8;
    static final int ARRAYS = 2;
    static final int ARRAY_LENGTH = 100;

    final SegmentHeap heap;
    final HeapConstants constants;
    final ObjectLayout cell;
    final Field value;
    final Field next;
    final ObjectLayout array;
    final Mutator first;
    final Mutator second;
    final long[] cells = new long[CELLS];
    final long[] arrays = new long[ARRAYS];

    private JitHeap(final HeapContext context) {
        heap = SegmentHeap.open(context.heapBytes(4 << 20).nurseryBytes(64 << 10).segments(2));
        constants = HeapConstants.of(heap);
        final ObjectLayout.Builder builder = ObjectLayout.named("cell");
        value = builder.field("value", FieldType.INT64);
        next = builder.field("next", FieldType.REF);
        cell = heap.register(builder);
        array = heap.register(ObjectLayout.named("array").variableRefs());
        first = heap.attachMutator("first");
        second = heap.attachMutator("second");
        first.begin();
        for (int i = 0; i < CELLS; i++) {
            first.push(first.allocate(cell));
        }
        for (int i = 0; i < ARRAYS; i++) {
            first.push(first.allocate(array, ARRAY_LENGTH));
        }
        first.collectNursery();
        for (int i = ARRAYS - 1; i >= 0; i--) {
            arrays[i] = first.root(CELLS + i);
        }
        for (int i = 0; i < CELLS; i++) {
            cells[i] = first.root(i);
        }
        first.commit();
    }

    public static JitHeap withStm(final PageSharing sharing) {
        return new JitHeap(new HeapContext().pageSharing(sharing));
    }

    public static JitHeap serial() {
        return new JitHeap(new HeapContext().serial(true));
    }

    public SegmentHeap heap() {
        return heap;
    }

    public HeapConstants constants() {
        return constants;
    }

    public ObjectLayout cell() {
        return cell;
    }

    public Field value() {
        return value;
    }

    public Field next() {
        return next;
    }

    public ObjectLayout array() {
        return array;
    }

    public Mutator first() {
        return first;
    }

    public Mutator second() {
        return second;
    }

    public long cell(final int index) {
        return cells[index];
    }

    public long array(final int index) {
        return arrays[index];
    }

    @Override
    public void close() {
        for (final Mutator mutator : new Mutator[] {first, second}) {
            if (mutator.inTransaction()) {
                Steps.end(mutator, heap.context().serial());
            }
            mutator.close();
        }
        heap.close();
    }
}

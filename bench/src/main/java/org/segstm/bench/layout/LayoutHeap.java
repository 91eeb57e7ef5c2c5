package org.segstm.bench.layout;

import org.segstm.bench.tool.OldObjects;
import org.segstm.heap.HeapContext;
import org.segstm.heap.Mutator;
import org.segstm.heap.SegmentHeap;
import org.segstm.heap.layout.Field;
import org.segstm.heap.layout.FieldType;
import org.segstm.heap.layout.ObjectLayout;

/**
 * The one heap of a measuring JVM, as constants, so that C2 sees its layouts and fields the way it sees those of a
 * language VM. Configured by system properties.
 *
 * <pre>
 *  cell:   header | count | second | third      32 bytes
 *  node:   header | value | next                32 bytes
 *  table:  header | length | refs ...
 * </pre>
 */
final class LayoutHeap {
    static final SegmentHeap HEAP = SegmentHeap.open(new HeapContext());
    static final Field COUNT;
    static final ObjectLayout CELL;
    static final Field VALUE;
    static final Field NEXT;
    static final ObjectLayout NODE;
    static final ObjectLayout TABLE;

    static {
        final ObjectLayout.Builder cell = ObjectLayout.named("cell");
        COUNT = cell.field("count", FieldType.INT64);
        cell.field("second", FieldType.INT64);
        cell.field("third", FieldType.INT64);
        CELL = HEAP.register(cell);
        final ObjectLayout.Builder node = ObjectLayout.named("node");
        VALUE = node.field("value", FieldType.INT64);
        NEXT = node.field("next", FieldType.REF);
        NODE = HEAP.register(node);
        TABLE = HEAP.register(ObjectLayout.named("table").variableRefs());
    }

    private LayoutHeap() {
    }

    /**
     * Makes old, committed cells that never move again. Global roots keep them alive.
     *
     * @param number of cells.
     * @return their refs, in the order of their making.
     */
    static long[] newCells(final int number) {
        return OldObjects.make(HEAP, TABLE, number, (mutator, index) -> mutator.allocate(CELL));
    }

    /**
     * Sum of the counts of cells.
     *
     * @param refs of the cells.
     * @return what transactions have added to them.
     */
    static long sum(final long[] refs) {
        try (Mutator mutator = HEAP.attachMutator("check")) {
            return mutator.atomically(m -> {
                long sum = 0;
                for (final long ref : refs) {
                    sum += m.getLong(ref, COUNT);
                }
                return sum;
            });
        }
    }
}

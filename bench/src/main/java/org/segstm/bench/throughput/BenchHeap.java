package org.segstm.bench.throughput;

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
 *  cell:    header | count | second | third              32 bytes
 *  small:   header | value                               16 bytes
 *  large:   header | value 0 ... value 6                 64 bytes
 *  merged:  header | merged                              16 bytes, a mergeable counter
 * </pre>
 */
final class BenchHeap {
    static final SegmentHeap HEAP = SegmentHeap.open(Reporting.current().applyTo(new HeapContext()));
    static final Field COUNT;
    static final Field SECOND;
    static final Field THIRD;
    static final Field MERGED;
    static final ObjectLayout CELL;
    static final ObjectLayout SMALL;
    static final ObjectLayout LARGE;
    private static final int VALUES_OF_LARGE = 7;
    private static final ObjectLayout MERGED_COUNTER;
    private static final ObjectLayout ALL_CELLS;

    static {
        final ObjectLayout.Builder cell = ObjectLayout.named("cell");
        COUNT = cell.field("count", FieldType.INT64);
        SECOND = cell.field("second", FieldType.INT64);
        THIRD = cell.field("third", FieldType.INT64);
        CELL = HEAP.register(cell);
        final ObjectLayout.Builder small = ObjectLayout.named("small");
        small.field("value", FieldType.INT64);
        SMALL = HEAP.register(small);
        final ObjectLayout.Builder large = ObjectLayout.named("large");
        for (int i = 0; i < VALUES_OF_LARGE; i++) {
            large.field("value" + i, FieldType.INT64);
        }
        LARGE = HEAP.register(large);
        final ObjectLayout.Builder counter = ObjectLayout.named("merged").counters();
        MERGED = counter.field("merged", FieldType.INT64);
        MERGED_COUNTER = HEAP.register(counter);
        ALL_CELLS = HEAP.register(ObjectLayout.named("cells").variableRefs());
    }

    private BenchHeap() {
    }

    /**
     * Makes old, committed cells that never move again. A global root keeps them alive.
     *
     * @param number of cells.
     * @param merged whether the first one is a mergeable counter.
     * @return their refs.
     */
    static long[] newCells(final int number, final boolean merged) {
        return OldObjects.make(HEAP, ALL_CELLS, number,
            (mutator, index) -> mutator.allocate(merged && index == 0 ? MERGED_COUNTER : CELL));
    }

    /**
     * Sum of all words of cells.
     *
     * @param refs of the cells.
     * @return what transactions have added to them.
     */
    static long sum(final long[] refs) {
        try (Mutator mutator = HEAP.attachMutator("check")) {
            return mutator.atomically(m -> {
                long sum = 0;
                for (final long ref : refs) {
                    for (final Field field : m.layoutOf(ref).fields()) {
                        sum += m.getLong(ref, field);
                    }
                }
                return sum;
            });
        }
    }
}

package org.segstm.bench.compare.peer.segstm;

import org.segstm.bench.compare.peer.StoreShape;
import org.segstm.heap.GlobalRoot;
import org.segstm.heap.HeapContext;
import org.segstm.heap.Mutator;
import org.segstm.heap.SegmentHeap;
import org.segstm.heap.layout.Field;
import org.segstm.heap.layout.FieldType;
import org.segstm.heap.layout.ObjectLayout;

/**
 * The one heap of a measuring JVM, as constants, so that C2 sees layouts and fields the way it sees those of a language
 * VM. Configured by system properties.
 *
 * <pre>
 *  cell:   header | number                         16 bytes
 *  entry:  header | key | value | next             32 bytes
 *  table:  header | length | entry ...             a bucket each
 * </pre>
 */
final class CompareHeap {
    static final SegmentHeap HEAP = SegmentHeap.open(new HeapContext());
    static final Field NUMBER;
    static final Field KEY;
    static final Field VALUE;
    static final Field NEXT;
    static final ObjectLayout ENTRY;
    private static final ObjectLayout CELL;
    private static final ObjectLayout TABLE;

    static {
        final ObjectLayout.Builder cell = ObjectLayout.named("cell");
        NUMBER = cell.field("number", FieldType.INT64);
        CELL = HEAP.register(cell);
        final ObjectLayout.Builder entry = ObjectLayout.named("entry");
        KEY = entry.immutable("key", FieldType.INT64);
        VALUE = entry.field("value", FieldType.INT64);
        NEXT = entry.field("next", FieldType.REF);
        ENTRY = HEAP.register(entry);
        TABLE = HEAP.register(ObjectLayout.named("table").variableRefs());
    }

    private CompareHeap() {
    }

    /**
     * Makes old, committed cells, which never move again. A global root keeps them alive.
     *
     * @param shape to begin with.
     * @return their refs.
     */
    static long[] newCells(final StoreShape shape) {
        final long[] refs = new long[shape.cells()];
        final long table = newTable(refs.length, (mutator, index) -> {
            final long cell = mutator.allocate(CELL);
            mutator.putLong(cell, NUMBER, shape.initialValue().of(index));
            return cell;
        });
        try (Mutator mutator = HEAP.attachMutator("setup")) {
            mutator.atomicallyDo(m -> {
                for (int i = 0; i < refs.length; i++) {
                    refs[i] = m.getRefAt(table, i);
                }
            });
        }
        return refs;
    }

    /**
     * Makes a hash map that holds what is there at first.
     *
     * @param shape to begin with.
     * @return the ref of its table, which never moves.
     */
    static long newMap(final StoreShape shape) {
        final long table = newTable(shape.buckets(), (mutator, index) -> 0);
        try (Mutator mutator = HEAP.attachMutator("setup")) {
            mutator.atomicallyDo(m -> {
                for (int key = 0; key < shape.keys(); key++) {
                    if (StoreShape.isThereAtFirst(key)) {
                        final int bucket = StoreShape.bucketOf(key, shape.buckets());
                        m.putRefAt(table, bucket,
                            newEntry(m, key, StoreShape.valueOf(key), m.getRefAt(table, bucket)));
                    }
                }
            });
        }
        return table;
    }

    static long newEntry(final Mutator mutator, final int key, final long value, final long next) {
        final long entry = mutator.allocate(ENTRY);
        mutator.putLong(entry, KEY, key);
        mutator.putLong(entry, VALUE, value);
        mutator.putRef(entry, NEXT, next);
        return entry;
    }

    private static long newTable(final int length, final Maker maker) {
        final GlobalRoot root = HEAP.newGlobalRoot("table");
        try (Mutator mutator = HEAP.attachMutator("setup")) {
            mutator.atomicallyDo(m -> {
                m.push(m.allocate(TABLE, length));
                for (int i = 0; i < length; i++) {
                    m.putRefAt(m.root(0), i, maker.make(m, i));
                }
                m.collectNursery();
                root.set(m.pop());
            });
        }
        return root.get();
    }

    /** Makes elements of a table. */
    private interface Maker {
        long make(Mutator mutator, int index);
    }
}

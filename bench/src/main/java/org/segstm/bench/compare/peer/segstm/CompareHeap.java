package org.segstm.bench.compare.peer.segstm;

import org.segstm.bench.compare.peer.StoreShape;
import org.segstm.bench.tool.OldObjects;
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
 *  table:  header | length | cell ...
 *  map:    see {@link OpenTable}
 * </pre>
 */
final class CompareHeap {
    static final SegmentHeap HEAP = SegmentHeap.open(new HeapContext());
    static final Field NUMBER;
    private static final ObjectLayout CELL;
    private static final ObjectLayout TABLE;
    private static final ObjectLayout MAP;

    static {
        final ObjectLayout.Builder cell = ObjectLayout.named("cell");
        NUMBER = cell.field("number", FieldType.INT64);
        CELL = HEAP.register(cell);
        TABLE = HEAP.register(ObjectLayout.named("table").variableRefs());
        MAP = HEAP.register(ObjectLayout.named("map").variableBytes());
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
        return OldObjects.make(HEAP, TABLE, shape.cells(), (mutator, index) -> {
            final long cell = mutator.allocate(CELL);
            mutator.putLong(cell, NUMBER, shape.initialValue().of(index));
            return cell;
        });
    }

    /**
     * Makes a hash map that holds what is there at first.
     *
     * @param shape to begin with.
     * @return the map, which never moves.
     */
    static OpenTable newMap(final StoreShape shape) {
        final GlobalRoot root = HEAP.newGlobalRoot("map");
        final int slots = OpenTable.slotsOf(shape);
        try (Mutator mutator = HEAP.attachMutator("setup")) {
            mutator.atomicallyDo(m -> {
                m.push(m.allocate(MAP, OpenTable.bytesOf(slots)));
                m.collectNursery();
                root.set(m.pop());
            });
            final OpenTable map = new OpenTable(root.get(), slots, MAP);
            mutator.atomicallyDo(m -> {
                for (int key = 0; key < shape.keys(); key++) {
                    if (StoreShape.isThereAtFirst(key)) {
                        map.put(m, key, StoreShape.valueOf(key));
                    }
                }
            });
            return map;
        }
    }
}

package org.segstm.bench.jmh;

import org.segstm.bench.tool.OldObjects;
import org.segstm.heap.HeapContext;
import org.segstm.heap.Mutator;
import org.segstm.heap.SegmentHeap;
import org.segstm.heap.layout.Field;
import org.segstm.heap.layout.FieldType;
import org.segstm.heap.layout.ObjectLayout;

/**
 * The one heap of a forked JVM, as constants, so that C2 sees its layouts and fields the way it sees those of a
 * language VM. Configured by system properties.
 *
 * <pre>
 *  cell:    header | count | second | third      32 bytes
 *  node:    header | value | left | right        32 bytes; left is the next node of a list
 *  small:   header | value                       16 bytes
 *  large:   header | value 0 ... value 6         64 bytes
 *  table:   header | length | refs ...
 *  numbers: header | length | bytes ...
 * </pre>
 */
final class JmhHeap {
    static final SegmentHeap HEAP = SegmentHeap.open(new HeapContext());
    static final Field COUNT;
    static final ObjectLayout CELL;
    static final Field VALUE;
    static final Field LEFT;
    static final Field RIGHT;
    static final ObjectLayout NODE;
    static final ObjectLayout SMALL;
    static final ObjectLayout LARGE;
    static final ObjectLayout TABLE;
    static final ObjectLayout NUMBERS;
    private static final int VALUES_OF_LARGE = 7;

    static {
        final ObjectLayout.Builder cell = ObjectLayout.named("cell");
        COUNT = cell.field("count", FieldType.INT64);
        cell.field("second", FieldType.INT64);
        cell.field("third", FieldType.INT64);
        CELL = HEAP.register(cell);
        final ObjectLayout.Builder node = ObjectLayout.named("node");
        VALUE = node.field("value", FieldType.INT64);
        LEFT = node.field("left", FieldType.REF);
        RIGHT = node.field("right", FieldType.REF);
        NODE = HEAP.register(node);
        final ObjectLayout.Builder small = ObjectLayout.named("small");
        small.field("value", FieldType.INT64);
        SMALL = HEAP.register(small);
        final ObjectLayout.Builder large = ObjectLayout.named("large");
        for (int i = 0; i < VALUES_OF_LARGE; i++) {
            large.field("value" + i, FieldType.INT64);
        }
        LARGE = HEAP.register(large);
        TABLE = HEAP.register(ObjectLayout.named("table").variableRefs());
        NUMBERS = HEAP.register(ObjectLayout.named("numbers").variableBytes());
    }

    private JmhHeap() {
    }

    /** Refs of old, committed cells that never move again, in the order of their making. Global roots keep them. */
    static long[] newCells(final int number) {
        return OldObjects.make(HEAP, TABLE, number, (mutator, index) -> mutator.allocate(CELL));
    }

    /** Root of an old, committed tree with 2^depth leaves. */
    static long newTree(final int depth) {
        return HEAP.prebuild("tree of " + depth, mutator -> tree(mutator, depth)).get();
    }

    private static long tree(final Mutator mutator, final int depth) {
        final int root = mutator.rootDepth();
        mutator.push(mutator.allocate(NODE));
        mutator.putLong(mutator.root(root), VALUE, 1);
        if (depth > 0) {
            mutator.putRef(mutator.root(root), LEFT, tree(mutator, depth - 1));
            mutator.putRef(mutator.root(root), RIGHT, tree(mutator, depth - 1));
        }
        return mutator.pop();
    }

    /** First node of an old, committed list. */
    static long newList(final int nodes) {
        return HEAP.prebuild("list of " + nodes, mutator -> {
            final int root = mutator.rootDepth();
            mutator.push(0);
            for (int i = 0; i < nodes; i++) {
                final long node = mutator.allocate(NODE);
                mutator.putLong(node, VALUE, 1);
                mutator.putRef(node, LEFT, mutator.root(root));
                mutator.setRoot(root, node);
            }
            return mutator.pop();
        }).get();
    }

    /** An old, committed array. */
    static long newNumbers(final long bytes) {
        return HEAP.prebuild("numbers of " + bytes, mutator -> mutator.allocate(NUMBERS, bytes)).get();
    }
}

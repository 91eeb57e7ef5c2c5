package org.segstm.bench.soak;

import org.segstm.heap.GlobalRoot;
import org.segstm.heap.HeapContext;
import org.segstm.heap.Mutator;
import org.segstm.heap.SegmentHeap;
import org.segstm.heap.layout.Field;
import org.segstm.heap.layout.FieldType;
import org.segstm.heap.layout.ObjectLayout;

/** The heap of the graph programs and its layouts. */
final class GraphHeap implements AutoCloseable {
    final SegmentHeap heap;
    final ObjectLayout node;
    final Field value;
    final Field left;
    final Field right;
    final ObjectLayout table;
    final ObjectLayout blob;

    GraphHeap(final HeapContext context) {
        heap = SegmentHeap.open(context);
        final ObjectLayout.Builder builder = ObjectLayout.named("node");
        value = builder.field("value", FieldType.INT64);
        left = builder.field("left", FieldType.REF);
        right = builder.field("right", FieldType.REF);
        node = heap.register(builder);
        table = heap.register(ObjectLayout.named("table").variableRefs());
        blob = heap.register(ObjectLayout.named("blob").variableBytes());
    }

    /** A committed table that a global root keeps. */
    long newTable(final Mutator mutator, final String name, final int length) {
        final GlobalRoot root = heap.newGlobalRoot(name);
        mutator.atomicallyDo(m -> m.push(m.allocate(table, length)));
        final long ref = mutator.root(mutator.rootDepth() - 1);
        root.set(ref);
        mutator.pop();
        return ref;
    }

    static void check(final boolean right, final String rule) {
        if (!right) {
            throw new IllegalStateException("the heap has lost something: " + rule);
        }
    }

    @Override
    public void close() {
        heap.close();
    }
}

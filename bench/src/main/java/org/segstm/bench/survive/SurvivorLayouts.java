package org.segstm.bench.survive;

import org.segstm.heap.SegmentHeap;
import org.segstm.heap.layout.Field;
import org.segstm.heap.layout.FieldType;
import org.segstm.heap.layout.ObjectLayout;

/**
 * The objects of one heap.
 *
 * @param node   with a number and the next node.
 * @param number of the slot.
 * @param next   node.
 * @param table  of lists.
 */
record SurvivorLayouts(ObjectLayout node, Field number, Field next, ObjectLayout table) {
    static SurvivorLayouts of(final SegmentHeap heap) {
        final ObjectLayout.Builder builder = ObjectLayout.named("node");
        final Field number = builder.field("number", FieldType.INT64);
        final Field next = builder.field("next", FieldType.REF);
        return new SurvivorLayouts(heap.register(builder), number, next,
            heap.register(ObjectLayout.named("table").variableRefs()));
    }
}

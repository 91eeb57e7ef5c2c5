package org.segstm.gc.protocol.model;

import org.segstm.heap.SegmentHeap;
import org.segstm.heap.layout.FieldType;
import org.segstm.heap.layout.ObjectLayout;

/** Shapes of objects without conflicts and of counters, small and large. */
final class MergeableShapes {
    private static final int WIDE_FIELDS = 40;

    private MergeableShapes() {
    }

    static Shape[] all(final SegmentHeap heap) {
        return new Shape[] {hint(heap), wideHint(heap), hints(heap), counters(heap), wideCounters(heap), tally(heap)};
    }

    private static Shape hint(final SegmentHeap heap) {
        final ObjectLayout.Builder builder = ObjectLayout.named("hint").noConflicts();
        builder.field("node", FieldType.INT64);
        builder.field("number", FieldType.INT64);
        builder.field("left", FieldType.REF);
        builder.field("right", FieldType.REF);
        return new Shape(heap, builder);
    }

    /** Several slices, no cards. */
    private static Shape wideHint(final SegmentHeap heap) {
        final ObjectLayout.Builder builder = ObjectLayout.named("wide hint").noConflicts();
        builder.field("node", FieldType.INT64);
        for (int i = 1; i < WIDE_FIELDS; i++) {
            builder.field("f" + i, i % 11 == 0 ? FieldType.REF : FieldType.INT64);
        }
        return new Shape(heap, builder);
    }

    private static Shape hints(final SegmentHeap heap) {
        final ObjectLayout.Builder builder = ObjectLayout.named("hints").variableRefs().noConflicts();
        builder.field("node", FieldType.INT64);
        return new Shape(heap, builder);
    }

    private static Shape counters(final SegmentHeap heap) {
        return counters(heap, "counters", 3);
    }

    private static Shape wideCounters(final SegmentHeap heap) {
        return counters(heap, "wide counters", WIDE_FIELDS);
    }

    private static Shape counters(final SegmentHeap heap, final String name, final int fields) {
        final ObjectLayout.Builder builder = ObjectLayout.named(name).counters();
        builder.field("node", FieldType.INT64);
        for (int i = 1; i < fields; i++) {
            builder.field("counter" + i, FieldType.INT64);
        }
        return new Shape(heap, builder);
    }

    private static Shape tally(final SegmentHeap heap) {
        final ObjectLayout.Builder builder = ObjectLayout.named("tally").variableBytes().counters();
        builder.field("node", FieldType.INT64);
        return new Shape(heap, builder);
    }
}

package org.segstm.jit.emit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.segstm.heap.HeapContext;
import org.segstm.heap.Mutator;
import org.segstm.heap.SegmentHeap;
import org.segstm.heap.event.Conflict;
import org.segstm.heap.event.HeapReports;
import org.segstm.heap.layout.Field;
import org.segstm.heap.layout.FieldType;
import org.segstm.heap.layout.ObjectLayout;
import org.segstm.jit.HeapConstants;

import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

/** Generated code tells the mutator of its reads when conflicts are reported. */
@Timeout(60)
class ConflictReportTest {
    private static final int LINE = 17;

    @Test
    void shouldKnowWhereGeneratedCodeReadWhenItLoses() throws Throwable {
        final List<Conflict> conflicts = new ArrayList<>();
        final HeapContext context = new HeapContext().heapBytes(4 << 20).nurseryBytes(64 << 10).segments(2)
            .reports(new HeapReports().conflicts(conflicts::add));
        try (SegmentHeap heap = SegmentHeap.open(context)) {
            final ObjectLayout.Builder builder = ObjectLayout.named("cell");
            final Field value = builder.field("value", FieldType.INT64);
            final ObjectLayout cell = heap.register(builder);
            assertFalse(HeapConstants.of(heap).inlined());
            final LayoutAccessors accessors = LayoutAccessors.of(cell, HeapConstants.of(heap));
            final MethodHandle getter = accessors.getter(value);
            final MethodHandle setter = accessors.setter(value);
            try (Mutator first = heap.attachMutator("first"); Mutator second = heap.attachMutator("second")) {
                first.atomicallyDo(m -> m.push(m.allocate(cell)));
                final long ref = first.root(0);
                first.begin();
                first.pushLocation(LINE, 0);
                assertEquals(0, (long) getter.invokeExact(first, ref));
                first.putLong(first.allocate(cell), value, 1);
                setter.invokeExact(first, ref, 1L);
                first.park();
                second.begin();
                setter.invokeExact(second, ref, 2L);
                second.commit();
                first.unpark();
                assertFalse(first.tryCommit());
            }
        }
        assertEquals(1, conflicts.size());
        assertEquals(LINE, conflicts.get(0).victim().location().number());
    }
}

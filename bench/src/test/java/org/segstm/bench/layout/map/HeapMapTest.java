package org.segstm.bench.layout.map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.segstm.bridge.Platform;
import org.segstm.heap.GlobalRoot;
import org.segstm.heap.HeapContext;
import org.segstm.heap.Mutator;
import org.segstm.heap.PageSharing;
import org.segstm.heap.SegmentHeap;
import org.segstm.heap.layout.Field;
import org.segstm.heap.layout.FieldType;
import org.segstm.heap.layout.ObjectLayout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Two mutators on a heap of two segments, driven by one thread. */
@Timeout(60)
class HeapMapTest {
    private static final int OBJECTS = 1000;

    @ParameterizedTest
    @EnumSource(PageSharing.class)
    void shouldShowWhatWasWrittenAsPrivateAndWhatWasReadAsMarked(final PageSharing sharing) {
        try (SegmentHeap heap = SegmentHeap.open(
            new HeapContext().heapBytes(4 << 20).nurseryBytes(1 << 20).segments(2).pageSharing(sharing))) {
            final ObjectLayout.Builder builder = ObjectLayout.named("cell");
            final Field value = builder.field("value", FieldType.INT64);
            final ObjectLayout cell = heap.register(builder);
            final ObjectLayout table = heap.register(ObjectLayout.named("table").variableRefs());
            try (Mutator writer = heap.attachMutator("writer"); Mutator reader = heap.attachMutator("reader")) {
                final GlobalRoot root = heap.prebuild("cells", m -> {
                    m.push(m.allocate(table, OBJECTS));
                    for (int i = 0; i < OBJECTS; i++) {
                        m.putRefAt(m.root(0), i, m.allocate(cell));
                    }
                    return m.pop();
                });
                final long[] refs = writer.atomically(m -> new long[] {m.getRefAt(root.get(), 0),
                    m.getRefAt(root.get(), OBJECTS - 1)});
                reader.atomicallyDo(m -> m.getLong(refs[0], value));
                heap.reshare();

                reader.begin();
                reader.getLong(refs[0], value);
                reader.getLong(refs[1], value);
                reader.park();
                writer.begin();
                writer.putLong(refs[0], value, 1);
                writer.allocate(cell);
                writer.park();
                final HeapMap map = HeapMap.of(heap, Integer.MAX_VALUE);
                final String text = HeapMapText.draw(map);

                final MapRow base = map.rows().get(0);
                assertTrue(base.isBase() && base.privatePages() == 0, text);
                assertTrue(base.seenPages() > OBJECTS * 16 / Platform.pageBytes(), text);
                final MapRow writing = row(map, "writer");
                assertEquals(1, writing.privatePages(), text);
                assertEquals(1, writing.cells().get(column(map, refs[0])).privatePages(), text);
                assertEquals(1, writing.marks(), text);
                assertEquals(16, writing.nurseryUsedBytes(), text);
                final MapRow reading = row(map, "reader");
                assertEquals(0, reading.privatePages(), text);
                assertEquals(2, reading.marks(), text);
                assertEquals(1, reading.cells().get(column(map, refs[1])).marks(), text);
                assertTrue(reading.state().contains("in a transaction"), text);
                assertTrue(text.contains("1 private pages"), text);

                writer.unpark();
                writer.commit();
                reader.unpark();
                reader.abort();
            }
        }
    }

    @Test
    void shouldCoverAllThatIsUsedWhenColumnsAreFew() {
        try (SegmentHeap heap = SegmentHeap.open(
            new HeapContext().heapBytes(16 << 20).nurseryBytes(1 << 20).segments(1))) {
            final ObjectLayout blob = heap.register(ObjectLayout.named("blob").variableBytes());
            heap.prebuild("blob", m -> m.allocate(blob, 5_000_000));
            final HeapMap map = HeapMap.of(heap, 7);
            assertTrue(map.usedBytes() >= 5_000_000, map.toString());
            for (final MapRow row : map.rows()) {
                assertTrue(row.cells().size() <= 7, map.toString());
                assertEquals(map.usedBytes() / Platform.pageBytes(),
                    row.cells().stream().mapToLong(MapCell::pages).sum(), map.toString());
            }
        }
    }

    private static MapRow row(final HeapMap map, final String mutator) {
        return map.rows().stream().filter(row -> row.state().startsWith(mutator)).findFirst().orElseThrow();
    }

    /** The old space starts at a multiple of 2 MiB, and less than that of it is in use here. */
    private static int column(final HeapMap map, final long ref) {
        final long alignment = 2 << 20;
        assertTrue(map.usedBytes() < alignment, map.toString());
        assertEquals(Platform.pageBytes(), map.columnBytes());
        return (int) ((ref & alignment - 1) / Platform.pageBytes());
    }
}

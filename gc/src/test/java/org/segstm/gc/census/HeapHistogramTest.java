package org.segstm.gc.census;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.segstm.gc.HeapMode;
import org.segstm.gc.TestHeap;

import java.util.ArrayList;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Counts of objects, committed and not. */
@Timeout(60)
class HeapHistogramTest {
    @ParameterizedTest
    @EnumSource(HeapMode.class)
    void shouldCountCommittedAndYoungObjectsWhenTransactionIsParked(final HeapMode mode) {
        try (TestHeap t = new TestHeap(mode)) {
            t.mutator.begin();
            t.pushList(t.mutator, 1000);
            t.mutator.push(t.mutator.allocate(t.blob, 200_000));
            t.mutator.collectNursery();
            t.mutator.commit();
            t.mutator.begin();
            t.pushList(t.mutator, 10);
            t.mutator.push(t.mutator.allocate(t.array, 100_000));
            t.mutator.park();
            final HeapHistogram histogram = HeapHistogram.of(t.heap);
            t.mutator.unpark();
            t.mutator.commit();
            assertEquals(1010, histogram.row("pair").objects());
            assertEquals(1010 * 32, histogram.row("pair").bytes());
            assertEquals(10, histogram.row("pair").youngObjects());
            assertEquals(320, histogram.row("pair").youngBytes());
            assertEquals(1, histogram.row("array").youngObjects());
            assertEquals(0, histogram.row("blob").youngObjects());
            assertEquals(200_016, histogram.row("blob").bytes());
            assertEquals(1012, histogram.total().objects());
            assertEquals("array", histogram.rows().get(0).layout());
            assertEquals(0, histogram.row("nothing").objects());
        }
    }

    @ParameterizedTest
    @EnumSource(value = HeapMode.class, names = "SERIAL", mode = EnumSource.Mode.EXCLUDE)
    void shouldSeeObjectsInTheirViewWhenTheirPagesArePrivate(final HeapMode mode) {
        try (TestHeap t = new TestHeap(mode)) {
            t.mutator.atomicallyDo(m -> t.pushList(m, 10));
            t.other.atomicallyDo(m -> m.getLong(t.mutator.root(0), t.value));
            t.mutator.begin();
            t.mutator.putLong(t.mutator.root(0), t.value, 3);
            t.pushList(t.mutator, 20);
            t.mutator.collectNursery();
            t.mutator.park();
            assertEquals(30, HeapHistogram.of(t.heap).row("pair").objects());
            t.mutator.unpark();
            t.mutator.abort();
            assertEquals(10, HeapHistogram.of(t.heap).row("pair").objects());
        }
    }

    @ParameterizedTest
    @EnumSource(value = HeapMode.class, names = {"PRIVATE_COW", "SERIAL"})
    void shouldCountGarbageUntilItIsCollected(final HeapMode mode) {
        try (TestHeap t = new TestHeap(mode)) {
            t.mutator.begin();
            t.pushList(t.mutator, 100);
            t.mutator.collectNursery();
            t.mutator.commit();
            t.mutator.pop();
            assertEquals(100, HeapHistogram.of(t.heap).row("pair").objects());
            t.heap.collectMajor();
            assertEquals(0, HeapHistogram.of(t.heap).total().objects());
        }
    }

    @ParameterizedTest
    @EnumSource(value = HeapMode.class, names = "MMAP_FIXED")
    void shouldEnumerateRefs(final HeapMode mode) {
        try (TestHeap t = new TestHeap(mode)) {
            ObjectEnumeration.forEach(t.heap, (ref, layout, bytes, young) -> {
                throw new AssertionError("nothing exists: " + layout);
            });
            t.mutator.atomicallyDo(m -> t.pushList(m, 3));
            final List<Long> refs = new ArrayList<>();
            ObjectEnumeration.forEach(t.heap, (ref, layout, bytes, young) -> refs.add(ref));
            assertEquals(3, refs.size());
            assertTrue(refs.contains(t.mutator.root(0)));
        }
    }

    @ParameterizedTest
    @EnumSource(value = HeapMode.class, names = "PRIVATE_COW")
    void shouldPrintTable(final HeapMode mode) {
        try (TestHeap t = new TestHeap(mode)) {
            t.mutator.atomicallyDo(m -> {
                t.pushList(m, 40);
                m.push(m.allocate(t.blob, 2000));
            });
            assertEquals(String.join(System.lineSeparator(),
                "     objects            bytes        young      young bytes  layout",
                "           1            2,016            0                0  blob",
                "          40            1,280            0                0  pair",
                "          41            3,296            0                0  total",
                ""), HeapHistogram.of(t.heap).toString());
        }
    }
}

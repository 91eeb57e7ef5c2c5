package org.segstm.gc.protocol;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.segstm.heap.Inspector;
import org.segstm.heap.MarkerReset;
import org.segstm.heap.PageSharing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The read version is a byte: when it runs out, no stale mark may count as a read. */
class MarkerResetTest {
    private static Stage stage(final MarkerReset reset, final PageSharing sharing) {
        return new Stage(Stage.context(sharing).markerReset(reset));
    }

    @ParameterizedTest
    @CsvSource({"MEMSET,PRIVATE_COW", "MADVISE,PRIVATE_COW", "MEMSET,MMAP_FIXED", "MADVISE,MMAP_FIXED",
        "MEMSET,REMAP_FILE_PAGES", "MADVISE,REMAP_FILE_PAGES"})
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void shouldNotTakeStaleMarkForReadWhenVersionWraps(final MarkerReset reset, final PageSharing sharing) {
        try (Stage t = stage(reset, sharing)) {
            final long x = t.committedCell(1);
            final long y = t.committedCell(1);
            t.attach(t.a, t.b);
            final Inspector inspector = t.b.inspect();
            inspector.continueReadVersionFrom(0);
            t.begin(t.b);
            assertEquals(1, inspector.readVersion());
            assertEquals(1, t.get(t.b, x));
            assertTrue(inspector.isRead(x));
            t.commit(t.b);
            inspector.continueReadVersionFrom(254);
            t.begin(t.b);
            assertEquals(255, inspector.readVersion());
            assertFalse(inspector.isRead(x));
            assertEquals(1, t.get(t.b, y));
            assertTrue(inspector.isRead(y));
            t.commit(t.b);
            final long resets = inspector.markerResets();
            t.begin(t.b);
            assertEquals(1, inspector.readVersion());
            assertEquals(resets + 1, inspector.markerResets());
            assertFalse(inspector.isRead(x), "marked with version 1 before the reset");
            assertFalse(inspector.isRead(y));
            t.write(t.a, x, 2);
            t.put(t.b, y, 5);
            assertTrue(t.tryCommit(t.b), "x was not read");
        }
    }

    @ParameterizedTest
    @CsvSource({"MEMSET,PRIVATE_COW", "MADVISE,PRIVATE_COW"})
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void shouldFindConflictsWhenVersionHasTheSignBit(final MarkerReset reset, final PageSharing sharing) {
        try (Stage t = stage(reset, sharing)) {
            final long x = t.committedCell(1);
            final long y = t.committedCell(1);
            t.attach(t.a, t.b);
            for (int version = 120; version < 400; version++) {
                t.begin(t.b);
                t.put(t.b, y, 1000 + version + t.get(t.b, x));
                t.write(t.a, x, version);
                assertFalse(t.tryCommit(t.b));
            }
            assertTrue(t.b.inspect().markerResets() > 0);
        }
    }

    @ParameterizedTest
    @CsvSource({"MEMSET,PRIVATE_COW", "MADVISE,PRIVATE_COW", "MEMSET,MMAP_FIXED"})
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void shouldForgetAllMarksWhenManyPagesOfMarkersAreInUse(final MarkerReset reset, final PageSharing sharing) {
        try (Stage t = stage(reset, sharing)) {
            final long[] arrays = new long[8];
            for (int i = 0; i < arrays.length; i++) {
                arrays[i] = t.committed(t.a, m -> m.allocate(t.array, 100_000));
            }
            final long x = t.committedCell(1);
            t.attach(t.a, t.b);
            t.b.inspect().continueReadVersionFrom(0);
            t.begin(t.b);
            for (final long array : arrays) {
                for (int i = 0; i < 100_000; i += 16) {
                    t.b.getRefAt(array, i);
                }
            }
            t.commit(t.b);
            t.b.inspect().continueReadVersionFrom(255);
            t.begin(t.b);
            assertEquals(1, t.b.inspect().readVersion());
            t.put(t.b, x, 2);
            t.begin(t.a);
            for (final long array : arrays) {
                for (int i = 0; i < 100_000; i += 16) {
                    t.a.putRefAt(array, i, 1);
                }
            }
            t.commit(t.a);
            assertTrue(t.tryCommit(t.b));
        }
    }
}

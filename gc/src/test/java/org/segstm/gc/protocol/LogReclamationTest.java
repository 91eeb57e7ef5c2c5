package org.segstm.gc.protocol;

import org.segstm.heap.Mutator;
import org.segstm.heap.PageSharing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Log memory is bounded by what readers still need; idle segments do not count. */
class LogReclamationTest {
    private static final long LOG_BYTES = 64 << 10;
    private static final int COMMITS = 20_000;

    private static Stage stage(final PageSharing sharing) {
        return new Stage(Stage.context(sharing).logBytes(LOG_BYTES));
    }

    private static long[] cells(final Stage t, final int count) {
        final long[] cells = new long[count];
        for (int i = 0; i < count; i++) {
            cells[i] = t.committedCell(0);
        }
        return cells;
    }

    @EachSharing
    void shouldBoundLogWhenAnotherSegmentIsIdle(final PageSharing sharing) {
        try (Stage t = stage(sharing)) {
            final long[] cells = cells(t, 10);
            t.attach(t.a, t.b, t.c);
            for (int i = 1; i <= COMMITS; i++) {
                t.write(i % 2 == 0 ? t.a : t.b, cells[i % 10], i);
            }
            final long logBytes = t.heap.statistics().logBytes();
            assertTrue(logBytes <= 4 * LOG_BYTES, () -> "logBytes=" + logBytes);
            assertFalse(t.c.inspect().isAttached(), "the idle one was detached");
            assertTrue(t.a.inspect().isAttached());
            t.begin(t.c);
            assertTrue(t.c.inspect().isAttached());
            for (int i = COMMITS - 9; i <= COMMITS; i++) {
                assertEquals(i, t.get(t.c, cells[i % 10]), "the newest state after attaching again");
            }
        }
    }

    @EachSharing
    void shouldBoundLogWhenAllTakePart(final PageSharing sharing) {
        try (Stage t = stage(sharing)) {
            final long x = t.committedCell(0);
            final Mutator[] all = {t.a, t.b, t.c};
            t.attach(all);
            for (int i = 1; i <= COMMITS; i++) {
                t.write(all[i % 3], x, i);
            }
            final long logBytes = t.heap.statistics().logBytes();
            assertTrue(logBytes <= 4 * LOG_BYTES, () -> "logBytes=" + logBytes);
        }
    }

    @EachSharing
    void shouldGrowLogWhenLongReaderIsParked(final PageSharing sharing) {
        try (Stage t = stage(sharing)) {
            final long[] cells = cells(t, 10);
            final long y = t.committedCell(0);
            t.attach(t.a, t.b, t.c);
            t.begin(t.c);
            assertEquals(0, t.get(t.c, y));
            for (int i = 1; i <= COMMITS; i++) {
                t.write(i % 2 == 0 ? t.a : t.b, cells[i % 10], i);
            }
            assertTrue(t.heap.statistics().logBytes() > LOG_BYTES, "the entries are needed");
            assertEquals(0, t.get(t.c, cells[0]), "the snapshot stays");
            t.commit(t.c);
            t.begin(t.c);
            for (int i = COMMITS - 9; i <= COMMITS; i++) {
                assertEquals(i, t.get(t.c, cells[i % 10]));
            }
        }
    }

    @EachSharing
    void shouldMoveSnapshotWhenLongReaderValidates(final PageSharing sharing) {
        try (Stage t = stage(sharing)) {
            final long[] cells = cells(t, 10);
            final long y = t.committedCell(0);
            t.attach(t.a, t.b, t.c);
            t.begin(t.c);
            t.put(t.c, y, 1 + t.get(t.c, cells[9]));
            for (int i = 1; i <= COMMITS; i++) {
                t.write(i % 2 == 0 ? t.a : t.b, cells[i % 9], i);
            }
            assertTrue(t.on(t.c).validate());
            for (int i = COMMITS - 8; i <= COMMITS; i++) {
                assertEquals(i, t.get(t.c, cells[i % 9]));
            }
            assertTrue(t.tryCommit(t.c));
            assertEquals(1, t.committedValue(t.a, y));
        }
    }

    @EachSharing
    void shouldAbortWhenLongReaderThatWroteConflicts(final PageSharing sharing) {
        try (Stage t = stage(sharing)) {
            final long[] cells = cells(t, 10);
            t.attach(t.a, t.b, t.c);
            t.begin(t.c);
            t.put(t.c, cells[9], 1 + t.get(t.c, cells[0]));
            for (int i = 1; i <= COMMITS; i++) {
                t.write(i % 2 == 0 ? t.a : t.b, cells[i % 9], i);
            }
            assertFalse(t.tryCommit(t.c));
            t.write(t.c, cells[9], 5);
            assertEquals(5, t.committedValue(t.a, cells[9]));
        }
    }

    @EachSharing
    void shouldReuseLogWhenReaderIsGone(final PageSharing sharing) {
        try (Stage t = stage(sharing)) {
            final long x = t.committedCell(0);
            t.attach(t.a, t.b, t.c);
            for (int round = 0; round < 5; round++) {
                t.begin(t.c);
                for (int i = 1; i <= 4_000; i++) {
                    t.write(i % 2 == 0 ? t.a : t.b, x, i);
                }
                t.commit(t.c);
            }
            final long logBytes = t.heap.statistics().logBytes();
            assertTrue(logBytes <= 1 << 20, () -> "one round's worth: logBytes=" + logBytes);
        }
    }

    @EachSharing
    void shouldReuseOwnMemoryWhenEntriesAreLargerThanAChunk(final PageSharing sharing) {
        try (Stage t = stage(sharing)) {
            final long array = t.committed(t.a, m -> m.allocate(t.array, 3000));
            t.attach(t.a, t.b);
            for (int round = 1; round <= 200; round++) {
                final Mutator m = round % 2 == 0 ? t.a : t.b;
                t.begin(m);
                for (int i = 0; i < 3000; i++) {
                    m.putRefAt(array, i, 2L * (round + i) + 1);
                }
                t.commit(m);
            }
            final long logBytes = t.heap.statistics().logBytes();
            assertTrue(logBytes <= 1 << 20, () -> "logBytes=" + logBytes);
            t.begin(t.c);
            for (int i = 0; i < 3000; i++) {
                assertEquals(2L * (200 + i) + 1, t.c.getRefAt(array, i));
            }
        }
    }
}

package org.segstm.gc.protocol;

import org.segstm.heap.PageSharing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Early validation: the snapshot moves forward, or the transaction aborts early. */
class ValidateTest {
    @EachSharing
    void shouldMoveSnapshotWhenNothingReadWasChanged(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(1);
            final long y = t.committedCell(1);
            final long z = t.committedCell(1);
            t.attach(t.a, t.b);
            t.begin(t.a);
            assertEquals(1, t.get(t.a, x));
            t.begin(t.b);
            t.put(t.b, y, 2);
            t.put(t.b, z, 2);
            t.commit(t.b);
            assertTrue(t.on(t.a).validate());
            assertEquals(2, t.get(t.a, y));
            assertEquals(2, t.get(t.a, z));
            assertTrue(t.a.inspect().isRead(x), "what was read before still counts");
            t.put(t.a, z, 3);
            assertTrue(t.tryCommit(t.a));
        }
    }

    @EachSharing
    void shouldAbortWhenSomethingReadWasChanged(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(1);
            final long y = t.committedCell(1);
            t.attach(t.a, t.b);
            t.begin(t.a);
            t.put(t.a, y, 10);
            assertEquals(1, t.get(t.a, x));
            t.write(t.b, x, 2);
            assertFalse(t.on(t.a).validate());
            assertFalse(t.a.inTransaction());
            assertEquals(1, t.committedValue(t.b, y));
        }
    }

    @EachSharing
    void shouldConflictWhenReadBeforeValidationAndChangedAfterwards(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(1);
            final long y = t.committedCell(1);
            final long z = t.committedCell(1);
            t.attach(t.a, t.b);
            t.begin(t.a);
            t.put(t.a, y, 1 + t.get(t.a, x));
            t.write(t.b, z, 5);
            assertTrue(t.on(t.a).validate());
            t.write(t.b, x, 2);
            assertFalse(t.tryCommit(t.a));
        }
    }

    @EachSharing
    void shouldKeepOwnWritesWhenForeignEntriesOfTheSamePageAreImported(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long[] cells = new long[30];
            for (int i = 0; i < cells.length; i++) {
                cells[i] = t.committedCell(i);
            }
            t.attach(t.a, t.b);
            t.begin(t.a);
            for (int i = 0; i < cells.length; i += 2) {
                t.put(t.a, cells[i], 1000 + i);
            }
            for (int i = 1; i < cells.length; i += 2) {
                t.write(t.b, cells[i], 2000 + i);
                assertTrue(t.on(t.a).validate());
            }
            for (int i = 0; i < cells.length; i++) {
                assertEquals((i % 2 == 0 ? 1000 : 2000) + i, t.get(t.a, cells[i]));
            }
            t.abort(t.a);
            for (int i = 0; i < cells.length; i++) {
                assertEquals(i % 2 == 0 ? i : 2000 + i, t.committedValue(t.a, cells[i]));
            }
        }
    }

    @EachSharing
    void shouldStayAtLastEntryBeforeConflictWhenAborted(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(1);
            final long y = t.committedCell(1);
            t.attach(t.a, t.b, t.c);
            t.begin(t.a);
            assertEquals(1, t.get(t.a, x));
            t.write(t.b, y, 2);
            t.write(t.b, x, 2);
            t.write(t.b, y, 3);
            assertFalse(t.on(t.a).validate());
            assertEquals(2, t.committedValue(t.a, x));
            assertEquals(3, t.committedValue(t.a, y));
        }
    }
}

package org.segstm.gc.protocol;

import org.segstm.heap.AbortCause;
import org.segstm.heap.Mutator;
import org.segstm.heap.PageSharing;
import org.segstm.heap.TransactionAbortedException;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Which transactions cannot both commit, named after the anomaly that is excluded, and which can. */
class ConflictTest {
    @EachSharing
    void shouldAbortWhenReadObjectWasChangedByOther(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(1);
            final long y = t.committedCell(1);
            t.attach(t.a, t.b);
            t.begin(t.b);
            t.put(t.b, y, t.get(t.b, x) + 1);
            t.write(t.a, x, 5);
            assertFalse(t.tryCommit(t.b));
            assertEquals(1, t.b.statistics().aborted(AbortCause.READ_CONFLICT));
            assertEquals(1, t.committedValue(t.c, y));
        }
    }

    @EachSharing
    void shouldExcludeLostUpdateWhenTwoIncrement(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(10);
            t.attach(t.a, t.b);
            t.begin(t.a);
            t.put(t.a, x, t.get(t.a, x) + 1);
            t.begin(t.b);
            t.put(t.b, x, t.get(t.b, x) + 1);
            assertTrue(t.tryCommit(t.a));
            assertFalse(t.tryCommit(t.b));
            t.write(t.b, x, t.committedValue(t.b, x) + 1);
            assertEquals(12, t.committedValue(t.a, x));
        }
    }

    @EachSharing
    void shouldAbortSecondWhenBothWriteBlindly(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(0);
            t.attach(t.a, t.b);
            t.begin(t.a);
            t.put(t.a, x, 1);
            t.begin(t.b);
            t.put(t.b, x, 2);
            assertTrue(t.tryCommit(t.b));
            assertFalse(t.tryCommit(t.a), "a write counts as a read");
            assertEquals(2, t.committedValue(t.a, x));
        }
    }

    @EachSharing
    void shouldExcludeWriteSkewWhenEachReadsWhatTheOtherWrites(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(1);
            final long y = t.committedCell(1);
            t.attach(t.a, t.b);
            t.begin(t.a);
            t.begin(t.b);
            if (t.get(t.a, x) + t.get(t.a, y) >= 2) {
                t.put(t.a, x, 0);
            }
            if (t.get(t.b, x) + t.get(t.b, y) >= 2) {
                t.put(t.b, y, 0);
            }
            assertTrue(t.tryCommit(t.a));
            assertFalse(t.tryCommit(t.b));
            assertEquals(1, t.committedValue(t.c, x) + t.committedValue(t.c, y));
        }
    }

    @EachSharing
    void shouldCommitBothWhenTheyTouchDifferentObjectsOfAPage(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(0);
            final long y = t.committedCell(0);
            assertEquals(x >>> 12, y >>> 12, "the test wants one page");
            t.attach(t.a, t.b);
            t.begin(t.a);
            t.put(t.a, x, 1);
            t.begin(t.b);
            t.put(t.b, y, 2);
            assertTrue(t.tryCommit(t.a));
            assertTrue(t.tryCommit(t.b));
            for (final Mutator m : new Mutator[] {t.a, t.b, t.c}) {
                assertEquals(1, t.committedValue(m, x));
                assertEquals(2, t.committedValue(m, y));
            }
        }
    }

    @EachSharing
    void shouldNotConflictWhenEqualValueIsStored(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(7);
            final long y = t.committedCell(0);
            t.attach(t.a, t.b);
            t.begin(t.b);
            t.put(t.b, y, t.get(t.b, x));
            t.write(t.a, x, 7);
            assertTrue(t.tryCommit(t.b), "a silent store changes nothing");
            assertEquals(7, t.committedValue(t.a, y));
        }
    }

    @EachSharing
    void shouldNotConflictWhenValueWasChangedAndChangedBack(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(7);
            final long y = t.committedCell(0);
            t.attach(t.a, t.b);
            t.begin(t.b);
            t.put(t.b, y, t.get(t.b, x));
            t.begin(t.a);
            t.put(t.a, x, 8);
            t.put(t.a, x, 7);
            t.commit(t.a);
            assertTrue(t.tryCommit(t.b));
        }
    }

    @EachSharing
    void shouldCommitSilentStoreWhenItsObjectWasChangedByOther(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(7);
            t.attach(t.a, t.b);
            t.begin(t.b);
            t.put(t.b, x, 7);
            t.write(t.a, x, 8);
            t.tryCommit(t.b);
            for (final Mutator m : new Mutator[] {t.a, t.b, t.c}) {
                assertEquals(8, t.committedValue(m, x), "whether it commits or not, the silent store comes first");
            }
        }
    }

    @EachSharing
    void shouldWriteNoLogEntryWhenReadOnly(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(1);
            t.attach(t.a, t.b);
            final long revision = t.heap.statistics().revision();
            for (int i = 0; i < 10; i++) {
                assertEquals(1, t.committedValue(t.b, x));
            }
            assertEquals(0, t.b.statistics().logEntries());
            assertEquals(revision, t.heap.statistics().revision());
        }
    }

    @EachSharing
    void shouldNeverAbortReaderWhenAllItReadWasChanged(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(0);
            t.attach(t.a, t.b);
            for (int i = 1; i <= 300; i++) {
                t.begin(t.b);
                assertEquals(i - 1, t.get(t.b, x));
                t.write(t.a, x, i);
                assertTrue(t.tryCommit(t.b));
            }
            assertEquals(0, t.b.statistics().aborted());
        }
    }

    @EachSharing
    void shouldSucceedWhenRetriedAfterConflict(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(0);
            t.attach(t.a, t.b);
            t.begin(t.b);
            t.put(t.b, x, 1);
            t.write(t.a, x, 10);
            assertFalse(t.tryCommit(t.b));
            t.begin(t.b);
            assertEquals(10, t.get(t.b, x), "the retry has imported the conflicting entry");
            t.put(t.b, x, 11);
            assertTrue(t.tryCommit(t.b));
        }
    }

    @EachSharing
    void shouldThrowStacklessSignalWhenCommitConflicts(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(0);
            t.attach(t.a, t.b);
            t.begin(t.b);
            t.put(t.b, x, 1);
            t.write(t.a, x, 10);
            t.on(t.b);
            final TransactionAbortedException signal = assertThrows(TransactionAbortedException.class, t.b::commit);
            assertSame(t.b, signal.mutator());
            assertEquals(AbortCause.READ_CONFLICT, signal.abortCause());
            assertEquals(0, signal.getStackTrace().length);
            assertFalse(t.b.inTransaction());
        }
    }

    @EachSharing
    void shouldConflictPerObjectWhenFixedObjectHasSeveralSlices(final PageSharing sharing) {
        for (int written = 0; written < Stage.WIDE_LONGS; written += 7) {
            try (Stage t = new Stage(sharing)) {
                final long wide = t.committed(t.a, m -> m.allocate(t.wide));
                final long y = t.committedCell(0);
                t.attach(t.a, t.b);
                t.begin(t.b);
                t.put(t.b, y, 1 + t.b.getLong(wide, t.wideLongs[Stage.WIDE_LONGS - 1 - written]));
                t.begin(t.a).putLong(wide, t.wideLongs[written], 1);
                t.commit(t.a);
                assertFalse(t.tryCommit(t.b), "changed in slice of long " + written);
            }
        }
    }

    @EachSharing
    void shouldPublishAllSlicesWhenFixedObjectHasSeveral(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long wide = t.committed(t.a, m -> m.allocate(t.wide));
            t.attach(t.a, t.b);
            t.begin(t.a);
            for (int i = 0; i < Stage.WIDE_LONGS; i += 5) {
                t.a.putLong(wide, t.wideLongs[i], 100 + i);
            }
            t.commit(t.a);
            t.begin(t.b);
            for (int i = 0; i < Stage.WIDE_LONGS; i++) {
                assertEquals(i % 5 == 0 ? 100 + i : 0, t.b.getLong(wide, t.wideLongs[i]));
            }
        }
    }

    @EachSharing
    void shouldCommitBothWhenWideNeighboursAreWritten(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long first = t.committed(t.a, m -> m.allocate(t.wide));
            final long second = t.committed(t.a, m -> m.allocate(t.wide));
            t.attach(t.a, t.b);
            t.begin(t.a).putLong(first, t.wideLongs[59], 1);
            t.begin(t.b).putLong(second, t.wideLongs[0], 2);
            assertTrue(t.tryCommit(t.a));
            assertTrue(t.tryCommit(t.b));
            t.begin(t.c);
            assertEquals(1, t.c.getLong(first, t.wideLongs[59]));
            assertEquals(2, t.c.getLong(second, t.wideLongs[0]));
        }
    }
}

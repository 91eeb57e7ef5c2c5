package org.segstm.gc.protocol;

import org.segstm.heap.AbortCause;
import org.segstm.heap.Mutator;
import org.segstm.heap.PageSharing;
import org.segstm.heap.TransactionAbortedException;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Private pages are given up at a reshare without a view noticing, but for transactions that conflict. */
class ReshareTest {
    @EachSharing
    void shouldShareAllPagesWhenNothingIsInFlight(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(1);
            final long array = t.committed(t.a, m -> m.allocate(t.array, 5000));
            t.attach(t.b, t.c);
            for (final Mutator m : new Mutator[] {t.a, t.b, t.c}) {
                t.begin(m);
                for (int i = 0; i < 5000; i += 50) {
                    m.putRefAt(array, i, m.name().charAt(0) + 1000L * i | 1);
                }
                t.put(m, x, m.name().charAt(0));
                t.commit(m);
            }
            assertTrue(t.heap.statistics().privateBytes() > 0);
            t.reshare();
            assertEquals(0, t.heap.statistics().privateBytes());
            assertEquals(0, t.heap.privateRuns());
            for (final Mutator m : new Mutator[] {t.a, t.b, t.c}) {
                t.begin(m);
                assertEquals('C', t.get(m, x));
                for (int i = 0; i < 5000; i++) {
                    assertEquals(i % 50 == 0 ? 'C' + 1000L * i | 1 : 0, m.getRefAt(array, i));
                }
                t.commit(m);
            }
            assertEquals(0, t.heap.statistics().privateBytes(), "reading keeps pages shared");
        }
    }

    @EachSharing
    void shouldKeepUncommittedWritesWhenReshared(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(1);
            final long y = t.committedCell(1);
            t.attach(t.a, t.b, t.c);
            t.begin(t.a);
            t.put(t.a, x, 2);
            t.write(t.b, y, 3);
            t.reshare();
            assertEquals(1, t.committedValue(t.c, x), "dirty read");
            assertEquals(3, t.committedValue(t.c, y));
            assertEquals(2, t.get(t.a, x));
            assertEquals(3, t.get(t.a, y), "the snapshot has moved");
            assertTrue(t.tryCommit(t.a));
            for (final Mutator m : new Mutator[] {t.a, t.b, t.c}) {
                assertEquals(2, t.committedValue(m, x));
                assertEquals(3, t.committedValue(m, y));
            }
        }
    }

    @EachSharing
    void shouldRestoreCommittedStateWhenAbortedAfterReshare(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(1);
            final long y = t.committedCell(1);
            t.attach(t.a, t.b, t.c);
            for (final Mutator writer : new Mutator[] {t.a, t.b, t.c}) {
                t.begin(writer);
                t.put(writer, x, 2);
                t.reshare();
                t.write(writer == t.a ? t.b : t.a, y, writer.name().charAt(0));
                t.reshare();
                t.abort(writer);
                t.reshare();
                for (final Mutator m : new Mutator[] {t.a, t.b, t.c}) {
                    assertEquals(1, t.committedValue(m, x));
                    assertEquals(writer.name().charAt(0), t.committedValue(m, y));
                }
            }
        }
    }

    @EachSharing
    void shouldDoomParkedTransactionWhenItConflicts(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(1);
            final long y = t.committedCell(1);
            t.attach(t.a, t.b, t.c);
            t.begin(t.a);
            t.put(t.a, y, 2 + t.get(t.a, x));
            t.a.push(t.newCell(t.a, 5, 0));
            final int[] callbacks = new int[1];
            t.a.onAbort(() -> callbacks[0]++);
            t.write(t.b, x, 2);
            t.reshare();
            assertEquals(1, t.committedValue(t.c, y));
            final TransactionAbortedException signal =
                assertThrows(TransactionAbortedException.class, () -> t.on(t.a));
            assertEquals(AbortCause.RESHARE, signal.abortCause());
            assertEquals(1, t.a.statistics().aborted(AbortCause.RESHARE));
            assertEquals(1, callbacks[0]);
            assertEquals(0, t.a.rootDepth());
            t.begin(t.a);
            assertEquals(1, t.get(t.a, y));
            assertEquals(2, t.get(t.a, x));
            t.put(t.a, y, 9);
            assertTrue(t.tryCommit(t.a));
            assertEquals(9, t.committedValue(t.b, y));
        }
    }

    @EachSharing
    void shouldDoomReaderWhenSnapshotCannotMove(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(1);
            t.attach(t.a, t.b);
            t.begin(t.a);
            assertEquals(1, t.get(t.a, x));
            t.write(t.b, x, 2);
            t.reshare();
            assertThrows(TransactionAbortedException.class, () -> t.on(t.a));
            assertEquals(2, t.committedValue(t.a, x));
        }
    }

    @EachSharing
    void shouldStayDoomedWhenResharedAgainBeforeItGoesOn(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(1);
            t.attach(t.a, t.b);
            t.begin(t.a);
            t.put(t.a, x, 5);
            t.a.push(t.newCell(t.a, 6, 0));
            for (int i = 2; i < 5; i++) {
                t.write(t.b, x, i);
                t.reshare();
            }
            assertThrows(TransactionAbortedException.class, () -> t.on(t.a));
            assertEquals(1, t.a.statistics().aborted());
            assertEquals(4, t.committedValue(t.a, x));
        }
    }

    @EachSharing
    void shouldKeepFreshObjectsWhenTheirPageIsPrivateElsewhere(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long head = t.committedCell(1);
            final long other = t.committedCell(1);
            t.attach(t.a, t.b, t.c);
            t.begin(t.a);
            for (int i = 0; i < 30; i++) {
                t.a.push(t.newCell(t.a, 100 + i, i == 0 ? 0 : t.a.root(i - 1)));
            }
            t.a.collectNursery();
            t.write(t.b, other, 2);
            t.reshare();
            t.on(t.a);
            for (int i = 0; i < 30; i++) {
                assertEquals(100 + i, t.get(t.a, t.a.root(i)), "the base was overwritten by B's copy of the page");
            }
            t.put(t.a, t.a.root(7), 7);
            t.write(t.c, other, 3);
            t.reshare();
            t.on(t.a);
            t.put(t.a, t.a.root(8), 8);
            t.a.putRef(head, t.next, t.a.root(29));
            assertTrue(t.tryCommit(t.a));
            t.a.truncateRoots(0);
            for (final Mutator m : new Mutator[] {t.b, t.c, t.a}) {
                t.begin(m);
                long ref = m.getRef(head, t.next);
                for (int i = 29; i >= 0; i--) {
                    assertEquals(i == 7 || i == 8 ? i : 100 + i, t.get(m, ref));
                    ref = m.getRef(ref, t.next);
                }
                assertEquals(3, t.get(m, other));
                t.commit(m);
            }
        }
    }

    @EachSharing
    void shouldKeepFreshObjectsWhenBaseIsOverwrittenByOlderCopyOfTheirPage(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long head = t.committedCell(1);
            t.attach(t.a, t.b);
            final long elsewhere = t.committed(t.b, m -> t.newCell(m, 1, 0));
            t.begin(t.b);
            t.put(t.b, head, 99);
            t.abort(t.b);
            t.begin(t.a).push(t.newCell(t.a, 42, 0));
            t.a.collectNursery();
            assertEquals(head >>> 12, t.a.root(0) >>> 12, "the test wants one page");
            assertFalse(t.a.inspect().isPagePrivate(head));
            t.write(t.b, elsewhere, 2);
            assertTrue(t.b.inspect().isPagePrivate(head), "the copy is older than the fresh object");
            t.reshare();
            t.on(t.a);
            assertEquals(42, t.get(t.a, t.a.root(0)));
            t.a.putRef(head, t.next, t.a.root(0));
            t.commit(t.a);
            t.a.pop();
            t.begin(t.b);
            assertEquals(42, t.get(t.b, t.b.getRef(head, t.next)));
        }
    }

    @EachSharing
    void shouldKeepYoungLargeObjectsWhenReshared(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long head = t.committedCell(1);
            t.attach(t.a, t.b, t.c);
            t.write(t.b, head, 5);
            t.write(t.c, head, 6);
            t.begin(t.a);
            t.a.push(t.a.allocate(t.array, 3000));
            for (int i = 0; i < 3000; i++) {
                t.a.putRefAt(t.a.root(0), i, 2L * i + 1);
            }
            t.reshare();
            t.on(t.a).putRefAt(t.a.root(0), 0, t.newCell(t.a, 42, 0));
            t.reshare();
            t.on(t.a).putRef(head, t.next, t.a.root(0));
            t.commit(t.a);
            t.a.pop();
            t.reshare();
            for (final Mutator m : new Mutator[] {t.b, t.c, t.a}) {
                t.begin(m);
                final long array = m.getRef(head, t.next);
                assertEquals(42, t.get(m, m.getRefAt(array, 0)));
                for (int i = 1; i < 3000; i++) {
                    assertEquals(2L * i + 1, m.getRefAt(array, i));
                }
                t.commit(m);
            }
        }
    }

    @EachSharing
    void shouldKeepReadMarksWhenReshared(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(1);
            final long y = t.committedCell(1);
            t.attach(t.a, t.b);
            t.begin(t.a);
            t.put(t.a, y, 1 + t.get(t.a, x));
            t.reshare();
            t.write(t.b, x, 2);
            assertFalse(t.tryCommit(t.a));
            assertEquals(1, t.committedValue(t.a, y));
        }
    }

    @EachSharing
    void shouldResumeWritesWithoutBarrierWhenReshared(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(1);
            final long array = t.committed(t.a, m -> m.allocate(t.array, 100));
            t.attach(t.a, t.b);
            for (final Mutator m : new Mutator[] {t.a, t.b}) {
                t.begin(m);
                t.put(m, x, 2);
                m.putRefAt(array, 50, 3);
                t.reshare();
                t.put(m, x, 4);
                m.putRefAt(array, 51, 5);
                assertEquals(2, m.inspect().writeSet().size());
                final Mutator other = m == t.a ? t.b : t.a;
                t.begin(other);
                assertFalse(t.get(other, x) == 4 || other.getRefAt(array, 51) == 5, "stored into a shared page");
                t.commit(other);
                t.commit(m);
                t.begin(other);
                assertEquals(4, t.get(other, x));
                assertEquals(3, other.getRefAt(array, 50));
                assertEquals(5, other.getRefAt(array, 51));
                t.put(other, x, 0);
                other.putRefAt(array, 50, 0);
                other.putRefAt(array, 51, 0);
                t.commit(other);
            }
        }
    }

    @EachSharing
    void shouldNotAbortWhenInevitableIsParked(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(1);
            final long y = t.committedCell(1);
            t.attach(t.a, t.b);
            t.on(t.a).beginInevitable("test");
            t.put(t.a, x, 2);
            t.begin(t.b);
            t.put(t.b, y, 5);
            t.reshare();
            assertTrue(t.on(t.a).isInevitable());
            t.put(t.a, x, t.get(t.a, x) + 1);
            t.commit(t.a);
            assertTrue(t.tryCommit(t.b));
            assertEquals(3, t.committedValue(t.c, x));
            assertEquals(5, t.committedValue(t.c, y));
        }
    }

    @EachSharing
    void shouldCountWhenReshared(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            t.attach(t.a, t.b);
            final long before = t.heap.statistics().reshares();
            t.reshare();
            assertEquals(before + 1, t.heap.statistics().reshares());
        }
    }
}

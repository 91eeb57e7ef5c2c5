package org.segstm.gc.protocol;

import org.segstm.heap.Mutator;
import org.segstm.heap.PageSharing;
import org.segstm.heap.TransactionAbortedException;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** One mutator alone publishes nothing; when a second comes, it meets the newest state and nothing uncommitted. */
class SoloModeTest {
    @EachSharing
    void shouldBeSoloWhenOnlyOneMutatorRuns(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(1);
            for (int i = 0; i < 100; i++) {
                t.write(t.a, x, i);
            }
            assertTrue(t.a.inspect().isSolo());
            assertEquals(0, t.a.statistics().logEntries());
            assertEquals(99, t.committedValue(t.a, x));
        }
    }

    @EachSharing
    void shouldLeaveSoloWhenSecondMutatorBegins(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(1);
            t.write(t.a, x, 2);
            assertEquals(2, t.committedValue(t.b, x));
            assertFalse(t.a.inspect().isSolo());
            t.write(t.a, x, 3);
            assertEquals(1, t.a.statistics().logEntries());
            assertEquals(3, t.committedValue(t.b, x));
        }
    }

    @EachSharing
    void shouldBeSoloAgainWhenTheOtherIsDetached(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(1);
            t.attach(t.b);
            t.begin(t.a);
            t.parkActing();
            t.heap.detachIdle();
            t.on(t.a);
            assertTrue(t.a.inspect().isSolo());
            t.put(t.a, x, 4);
            t.commit(t.a);
            assertEquals(0, t.a.statistics().logEntries());
            assertEquals(4, t.committedValue(t.b, x));
        }
    }

    /** A transaction of A in solo mode with all there can be in flight; parked while B attaches. */
    private static final class InFlight {
        private final long written;
        private final long head;
        private final long wide;
        private final long array;
        private final long untouched;

        InFlight(final Stage t) {
            written = t.committedCell(1);
            head = t.committedCell(2);
            wide = t.committed(t.a, m -> m.allocate(t.wide));
            array = t.committed(t.a, m -> m.allocate(t.array, 300));
            untouched = t.committedCell(3);
            assertTrue(t.a.inspect().isSolo());
            final Mutator a = t.begin(t.a);
            t.put(a, written, 10);
            a.putLong(wide, t.wideLongs[0], 11);
            a.putLong(wide, t.wideLongs[40], 12);
            a.putRefAt(array, 0, t.newCell(a, 13, 0));
            a.push(t.newCell(a, 14, 0));
            a.push(a.allocate(t.array, 900));
            a.putRefAt(a.root(1), 899, t.newCell(a, 15, 0));
            a.collectNursery();
            assertTrue(a.inspect().isOverflow(a.root(0)));
            t.put(a, a.root(0), 16);
            a.putRefAt(a.root(1), 0, a.root(0));
            a.putRefAt(a.root(1), 500, t.newCell(a, 17, 0));
            a.putRefAt(array, 299, t.newCell(a, 18, 0));
            a.push(a.allocate(t.array, 2000));
            a.putRefAt(a.root(2), 1999, t.newCell(a, 19, 0));
            a.putRef(head, t.next, a.root(1));
            a.putRefAt(array, 150, a.root(2));
        }

        void assertOldStateIn(final Stage t, final Mutator m) {
            t.on(m);
            assertEquals(1, t.get(m, written));
            assertEquals(0, m.getRef(head, t.next));
            assertEquals(0, m.getLong(wide, t.wideLongs[0]));
            assertEquals(0, m.getLong(wide, t.wideLongs[40]));
            for (int i = 0; i < 300; i++) {
                assertEquals(0, m.getRefAt(array, i));
            }
        }

        void assertNewStateIn(final Stage t, final Mutator m) {
            t.on(m);
            assertEquals(10, t.get(m, written));
            assertEquals(11, m.getLong(wide, t.wideLongs[0]));
            assertEquals(12, m.getLong(wide, t.wideLongs[40]));
            assertEquals(13, t.get(m, m.getRefAt(array, 0)));
            final long outer = m.getRef(head, t.next);
            assertEquals(900, m.length(outer));
            assertEquals(15, t.get(m, m.getRefAt(outer, 899)));
            assertEquals(16, t.get(m, m.getRefAt(outer, 0)));
            assertEquals(17, t.get(m, m.getRefAt(outer, 500)));
            assertEquals(18, t.get(m, m.getRefAt(array, 299)));
            assertEquals(2000, m.length(m.getRefAt(array, 150)));
            assertEquals(19, t.get(m, m.getRefAt(m.getRefAt(array, 150), 1999)));
            assertEquals(0, m.getRefAt(outer, 1));
            assertEquals(0, m.getRefAt(m.getRefAt(array, 150), 0));
        }
    }

    @EachSharing
    void shouldPublishAllWhenSoloIsLeftInTransactionThatCommitsFirst(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final InFlight inFlight = new InFlight(t);
            t.begin(t.b);
            inFlight.assertOldStateIn(t, t.b);
            t.put(t.b, inFlight.untouched, 30);
            inFlight.assertNewStateIn(t, t.a);
            assertTrue(t.tryCommit(t.a));
            inFlight.assertOldStateIn(t, t.b);
            assertFalse(t.tryCommit(t.b), "it has read what A wrote");
            t.begin(t.b);
            inFlight.assertNewStateIn(t, t.b);
            t.begin(t.c);
            inFlight.assertNewStateIn(t, t.c);
        }
    }

    @EachSharing
    void shouldPublishAllWhenSoloIsLeftInTransactionThatCommitsLast(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final InFlight inFlight = new InFlight(t);
            t.begin(t.b);
            inFlight.assertOldStateIn(t, t.b);
            t.commit(t.b);
            t.write(t.b, inFlight.untouched, 30);
            assertTrue(t.tryCommit(t.a));
            for (final Mutator m : new Mutator[] {t.b, t.a, t.c}) {
                t.begin(m);
                inFlight.assertNewStateIn(t, m);
                assertEquals(30, t.get(m, inFlight.untouched));
                t.commit(m);
            }
        }
    }

    @EachSharing
    void shouldPublishNothingWhenSoloIsLeftInTransactionThatAborts(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final InFlight inFlight = new InFlight(t);
            t.begin(t.b);
            inFlight.assertOldStateIn(t, t.b);
            t.put(t.b, inFlight.untouched, 30);
            t.abort(t.a);
            inFlight.assertOldStateIn(t, t.b);
            assertTrue(t.tryCommit(t.b));
            for (final Mutator m : new Mutator[] {t.b, t.a, t.c}) {
                t.begin(m);
                inFlight.assertOldStateIn(t, m);
                assertEquals(30, t.get(m, inFlight.untouched));
                t.commit(m);
            }
        }
    }

    @EachSharing
    void shouldAbortFirstWhenSecondCommitsConflictingWrite(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final InFlight inFlight = new InFlight(t);
            t.write(t.b, inFlight.written, 77);
            assertFalse(t.tryCommit(t.a));
            for (final Mutator m : new Mutator[] {t.b, t.a, t.c}) {
                t.begin(m);
                assertEquals(77, t.get(m, inFlight.written));
                assertEquals(0, m.getRef(inFlight.head, t.next));
                assertEquals(0, m.getRefAt(inFlight.array, 150));
                t.commit(m);
            }
        }
    }

    @EachSharing
    void shouldDoomFirstWhenThirdAttachesAfterConflictingCommit(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final InFlight inFlight = new InFlight(t);
            t.write(t.b, inFlight.written, 77);
            t.begin(t.c);
            assertEquals(77, t.get(t.c, inFlight.written));
            assertEquals(0, t.c.getRef(inFlight.head, t.next));
            t.commit(t.c);
            assertEquals(0, t.a.statistics().aborted());
            assertThrows(
                TransactionAbortedException.class, () -> t.on(t.a));
            assertFalse(t.a.inTransaction());
            assertEquals(77, t.committedValue(t.a, inFlight.written));
        }
    }

    @EachSharing
    void shouldReuseSlotsWhenSoloTransactionAbortedAfterReshare(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final InFlight inFlight = new InFlight(t);
            t.begin(t.b);
            t.put(t.b, inFlight.untouched, 30);
            t.abort(t.a);
            t.begin(t.a);
            long list = 0;
            for (int i = 0; i < 600; i++) {
                list = t.newCell(t.a, i, list);
            }
            t.a.putRef(inFlight.head, t.next, list);
            t.commit(t.a);
            assertTrue(t.tryCommit(t.b));
            t.begin(t.b);
            long ref = t.b.getRef(inFlight.head, t.next);
            for (int i = 599; i >= 0; i--) {
                assertEquals(i, t.get(t.b, ref));
                ref = t.b.getRef(ref, t.next);
            }
        }
    }
}

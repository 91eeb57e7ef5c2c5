package org.segstm.gc.protocol;

import org.segstm.heap.Mutator;
import org.segstm.heap.PageSharing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Segments that leave the log when idle and come back. */
class AttachmentTest {
    @EachSharing
    void shouldDetachAllButOneWhenAllAreIdle(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(1);
            t.attach(t.a, t.b, t.c);
            for (final Mutator m : new Mutator[] {t.a, t.b, t.c}) {
                t.write(m, x, m.name().charAt(0));
            }
            assertEquals(2, t.heap.detachIdle());
            assertEquals(0, t.heap.detachIdle(), "the last one stays: its view is the newest");
            for (final Mutator m : new Mutator[] {t.a, t.b, t.c}) {
                assertEquals('C', t.committedValue(m, x));
            }
        }
    }

    @EachSharing
    void shouldNotDetachWhenTransactionIsParked(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(1);
            t.attach(t.a, t.b, t.c);
            t.begin(t.a);
            t.put(t.a, x, 2);
            t.begin(t.b);
            assertEquals(1, t.get(t.b, x));
            t.parkActing();
            assertEquals(1, t.heap.detachIdle());
            assertTrue(t.tryCommit(t.a));
            assertEquals(1, t.get(t.b, x));
            t.commit(t.b);
            assertEquals(2, t.committedValue(t.c, x));
        }
    }

    @EachSharing
    void shouldDropPrivatePagesWhenDetached(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(1);
            t.attach(t.a, t.b);
            t.write(t.a, x, 2);
            t.write(t.b, x, 3);
            assertTrue(t.b.inspect().isPagePrivate(x));
            final long before = t.heap.statistics().privateBytes();
            assertEquals(1, t.heap.detachIdle());
            assertFalse(t.a.inspect().isPagePrivate(x));
            assertTrue(t.b.inspect().isPagePrivate(x));
            assertTrue(t.heap.statistics().privateBytes() < before);
            assertEquals(3, t.committedValue(t.a, x));
        }
    }

    @EachSharing
    void shouldImportPendingEntriesWhenTheirCommitterWasDetached(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(1);
            final long y = t.committedCell(1);
            t.attach(t.a, t.b);
            t.write(t.b, y, 5);
            t.write(t.a, x, 2);
            t.begin(t.a).putRef(x, t.next, t.newCell(t.a, 3, 0));
            t.commit(t.a);
            assertEquals(1, t.heap.detachIdle(), "the first goes, what it published is still to be imported");
            assertFalse(t.a.inspect().isAttached());
            t.begin(t.b);
            assertEquals(2, t.get(t.b, x));
            assertEquals(3, t.get(t.b, t.b.getRef(x, t.next)));
            t.commit(t.b);
            assertEquals(2, t.committedValue(t.a, x));
        }
    }

    @EachSharing
    void shouldSeeSoloCommitsWhenAttachedAgain(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long head = t.committedCell(0);
            t.attach(t.a, t.b);
            for (int round = 1; round < 6; round++) {
                t.begin(t.a);
                t.parkActing();
                t.heap.detachIdle();
                t.on(t.a).commit();
                assertTrue(t.a.inspect().isSolo());
                for (int i = 0; i < 50; i++) {
                    t.begin(t.a);
                    t.put(t.a, head, round * 100 + i);
                    t.a.putRef(head, t.next, t.newCell(t.a, i, 0));
                    t.commit(t.a);
                }
                t.begin(t.b);
                assertFalse(t.b.inspect().isSolo());
                assertEquals(round * 100 + 49, t.get(t.b, head));
                assertEquals(49, t.get(t.b, t.b.getRef(head, t.next)));
                t.put(t.b, head, -1);
                t.commit(t.b);
                assertEquals(-1, t.committedValue(t.a, head));
            }
        }
    }

    @EachSharing
    void shouldConflictWhenReaderWasParkedWhileAnotherAttached(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(1);
            final long y = t.committedCell(1);
            t.attach(t.a, t.b);
            t.begin(t.a);
            t.put(t.a, y, t.get(t.a, x) + 1);
            t.begin(t.c);
            t.put(t.c, x, 5);
            t.commit(t.c);
            assertFalse(t.tryCommit(t.a));
        }
    }

    @EachSharing
    void shouldDetachWhenMutatorIsClosed(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(1);
            t.attach(t.a, t.b);
            t.write(t.b, x, 2);
            t.b.close();
            t.begin(t.a);
            assertTrue(t.a.inspect().isSolo());
            assertEquals(2, t.get(t.a, x));
            assertNotEquals(0, t.a.inspect().viewRevision());
        }
    }

    @EachSharing
    void shouldKeepCommittedStateWhenAllMutatorsAreClosedAndOthersCome(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(1);
            for (int round = 0; round < 10; round++) {
                final Mutator one = t.mutator("one" + round);
                final Mutator two = t.mutator("two" + round);
                t.write(one, x, 10 * round);
                t.write(two, x, t.committedValue(two, x) + 1);
                final Mutator first = round % 2 == 0 ? one : two;
                first.close();
                (first == one ? two : one).close();
                assertEquals(10 * round + 1, t.committedValue(round % 3 == 0 ? t.b : t.a, x));
            }
        }
    }

    @EachSharing
    void shouldGrowRevisionStrictlyWhenSoloAndSharedCommitsAlternate(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(1);
            long last = t.heap.statistics().revision();
            for (int i = 2; i < 60; i++) {
                final Mutator m = i % 3 == 0 ? t.b : t.a;
                t.write(m, x, i);
                final long now = m.inspect().viewRevision();
                assertTrue(now > last, "revision=" + now + " last=" + last);
                last = now;
                if (i % 7 == 0) {
                    t.heap.detachIdle();
                } else if (i % 11 == 0) {
                    t.reshare();
                }
            }
        }
    }
}

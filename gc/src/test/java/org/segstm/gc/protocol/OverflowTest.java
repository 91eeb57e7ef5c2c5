package org.segstm.gc.protocol;

import org.segstm.heap.Mutator;
import org.segstm.heap.PageSharing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Objects that a minor collection promoted while their transaction goes on. */
class OverflowTest {
    /** Begins, and returns the ref of an overflow cell holding 1, which lies on the shadow stack. */
    private static long overflowCell(final Stage t) {
        t.begin(t.a).push(t.newCell(t.a, 1, 0));
        t.a.collectNursery();
        assertTrue(t.a.inspect().isOverflow(t.a.root(0)));
        return t.a.root(0);
    }

    @EachSharing
    void shouldPublishLastValueWhenOverflowObjectIsWrittenAgain(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long head = t.committedCell(0);
            t.attach(t.a, t.b);
            final long cell = overflowCell(t);
            t.put(t.a, cell, 2);
            t.a.putRef(cell, t.next, t.newCell(t.a, 3, 0));
            t.a.collectNursery();
            t.put(t.a, cell, 4);
            t.put(t.a, t.a.getRef(cell, t.next), 5);
            t.a.putRef(head, t.next, cell);
            t.commit(t.a);
            assertFalse(t.a.inspect().isOverflow(cell));
            for (final Mutator m : new Mutator[] {t.b, t.c}) {
                t.begin(m);
                final long found = m.getRef(head, t.next);
                assertEquals(cell, found);
                assertEquals(4, t.get(m, found));
                assertEquals(5, t.get(m, m.getRef(found, t.next)));
                t.commit(m);
            }
            t.a.pop();
        }
    }

    @EachSharing
    void shouldEnterWriteSetWhenOverflowObjectIsWrittenInLaterTransaction(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            t.attach(t.a, t.b);
            final long cell = overflowCell(t);
            t.put(t.a, cell, 2);
            assertFalse(t.a.inspect().isWritten(cell), "nobody else can reach it");
            t.commit(t.a);
            t.begin(t.a);
            t.put(t.a, cell, 3);
            assertTrue(t.a.inspect().isWritten(cell));
            assertEquals(2, t.committedValue(t.b, cell));
            t.abort(t.a);
            assertEquals(2, t.committedValue(t.a, cell));
            t.write(t.a, cell, 4);
            assertEquals(4, t.committedValue(t.b, cell));
            t.a.pop();
        }
    }

    @EachSharing
    void shouldVanishWhenAborted(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long head = t.committedCell(7);
            t.attach(t.a, t.b);
            final long used = t.heap.statistics().usedBytes();
            final long cell = overflowCell(t);
            t.put(t.a, cell, 2);
            t.a.putRef(head, t.next, cell);
            t.a.putRef(cell, t.next, t.newCell(t.a, 5, 0));
            t.a.collectNursery();
            t.abort(t.a);
            assertEquals(0, t.a.rootDepth());
            assertEquals(used, t.heap.statistics().usedBytes());
            t.begin(t.b);
            assertEquals(0, t.b.getRef(head, t.next));
            t.commit(t.b);
            t.begin(t.a);
            assertEquals(0, t.a.getRef(head, t.next));
        }
    }

    @EachSharing
    void shouldNotTouchOtherViewsWhenOverflowArrayIsWritten(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long head = t.committedCell(0);
            t.attach(t.a, t.b);
            t.begin(t.a).push(t.a.allocate(t.array, 2000));
            t.a.collectNursery();
            final long array = t.a.root(0);
            for (int round = 1; round < 4; round++) {
                for (int i = 0; i < 2000; i += 3) {
                    t.a.putRefAt(array, i, t.newCell(t.a, i * round, 0));
                }
                t.a.collectNursery();
            }
            assertEquals(0, t.a.inspect().writeSet().size());
            t.a.putRef(head, t.next, array);
            t.commit(t.a);
            t.a.pop();
            t.begin(t.b);
            for (int i = 0; i < 2000; i += 3) {
                assertEquals(i * 3, t.get(t.b, t.b.getRefAt(t.b.getRef(head, t.next), i)));
            }
        }
    }

    @EachSharing
    void shouldKeepCardsSeparateWhenFormerOverflowArrayIsWritten(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            t.attach(t.a, t.b);
            t.begin(t.a).push(t.a.allocate(t.array, 500));
            t.a.collectNursery();
            t.a.putRefAt(t.a.root(0), 0, 3);
            t.a.putRefAt(t.a.root(0), 499, 5);
            t.commit(t.a);
            final long array = t.a.pop();
            t.begin(t.a).putRefAt(array, 0, 7);
            t.begin(t.b).putRefAt(array, 499, 9);
            assertTrue(t.tryCommit(t.a));
            assertTrue(t.tryCommit(t.b));
            t.begin(t.c);
            assertEquals(7, t.c.getRefAt(array, 0));
            assertEquals(9, t.c.getRefAt(array, 499));
        }
    }

    @EachSharing
    void shouldKeepWrittenOldObjectsWhenNurseryIsCollectedInBetween(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(1);
            t.attach(t.a, t.b);
            t.begin(t.a);
            t.put(t.a, x, 2);
            t.a.collectNursery();
            t.put(t.a, x, 3);
            t.a.putRef(x, t.next, t.newCell(t.a, 4, 0));
            t.a.collectNursery();
            assertEquals(1, t.a.inspect().writeSet().size());
            t.begin(t.b);
            assertEquals(1, t.get(t.b, x));
            t.commit(t.b);
            t.commit(t.a);
            t.begin(t.b);
            assertEquals(3, t.get(t.b, x));
            assertEquals(4, t.get(t.b, t.b.getRef(x, t.next)));
        }
    }

    @EachSharing
    void shouldCollectBySafepointsWhenMuchIsAllocated(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long head = t.committedCell(0);
            t.attach(t.a, t.b);
            t.begin(t.a).push(0);
            for (int i = 0; i < 20_000; i++) {
                t.a.setRoot(0, t.newCell(t.a, i, i % 10 == 0 ? t.a.root(0) : t.a.root(0) == 0 ? 0
                    : t.a.getRef(t.a.root(0), t.next)));
                t.a.safepoint();
            }
            t.a.putRef(head, t.next, t.a.root(0));
            t.a.pop();
            t.commit(t.a);
            assertTrue(t.a.statistics().minorCollections() > 5);
            t.begin(t.b);
            long ref = t.b.getRef(head, t.next);
            assertEquals(19_999, t.get(t.b, ref));
            ref = t.b.getRef(ref, t.next);
            for (int i = 19_989; i > 0; i -= 10) {
                assertEquals(i, t.get(t.b, ref));
                ref = t.b.getRef(ref, t.next);
            }
        }
    }

    @EachSharing
    void shouldGoOnOutsideNurseryWhenNoSafepointComes(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long head = t.committedCell(0);
            t.attach(t.a, t.b);
            final long collections = t.a.statistics().minorCollections();
            t.begin(t.a);
            long list = 0;
            for (int i = 0; i < 5_000; i++) {
                list = t.newCell(t.a, i, list);
            }
            assertEquals(collections, t.a.statistics().minorCollections(), "plain allocation moves nothing");
            t.a.putRef(head, t.next, list);
            t.commit(t.a);
            t.begin(t.b);
            long ref = t.b.getRef(head, t.next);
            for (int i = 4_999; i >= 0; i--) {
                assertEquals(i, t.get(t.b, ref));
                ref = t.b.getRef(ref, t.next);
            }
        }
    }
}

package org.segstm.gc.protocol;

import org.segstm.heap.GlobalRoot;
import org.segstm.heap.Mutator;
import org.segstm.heap.PageSharing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Newly committed objects are complete for whoever meets them, whichever pages are private to whom (invariant 3). */
class FreshObjectTest {
    private static final int NEIGHBOURS = 20;

    /** Makes sure that the test tests what its name says. */
    private static void assertSamePage(final Mutator m, final long first, final long second) {
        assertEquals(first >>> 12, second >>> 12, "the test wants one page");
        assertNotEquals(0, m.inspect().pageHolders(first), "the test wants a private page");
    }

    /** Writes and takes it back: the page becomes private, nothing is published. */
    private static void privatize(final Mutator m, final long array, final long index) {
        final long element = m.getRefAt(array, index);
        m.putRefAt(array, index, 1);
        m.putRefAt(array, index, element);
    }

    private static void assertSeenByAll(final Stage t, final long head, final long number) {
        for (final Mutator m : new Mutator[] {t.a, t.b, t.c}) {
            t.begin(m);
            assertEquals(number, t.get(m, m.getRef(head, t.next)), m.toString());
            t.commit(m);
        }
    }

    @EachSharing
    void shouldSeeFreshObjectWhenPageWasPrivateBeforeCommit(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long head = t.committedCell(0);
            t.attach(t.a, t.b, t.c);
            t.write(t.b, head, 1);
            t.begin(t.a);
            final long young = t.newCell(t.a, 42, 0);
            t.a.putRef(head, t.next, young);
            t.commit(t.a);
            t.begin(t.a);
            assertSamePage(t.a, head, t.a.getRef(head, t.next));
            t.commit(t.a);
            assertSeenByAll(t, head, 42);
        }
    }

    @EachSharing
    void shouldSeeFreshObjectWhenPageBecamePrivateBetweenPromotionAndCommit(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long head = t.committedCell(0);
            final long other = t.committedCell(0);
            t.attach(t.a, t.b, t.c);
            t.begin(t.a).push(t.newCell(t.a, 42, 0));
            t.a.collectNursery();
            assertTrue(t.a.inspect().isOverflow(t.a.root(0)));
            t.write(t.b, other, 1);
            assertSamePage(t.a, other, t.a.root(0));
            t.on(t.a).putRef(head, t.next, t.a.root(0));
            t.commit(t.a);
            t.a.pop();
            assertSeenByAll(t, head, 42);
        }
    }

    @EachSharing
    void shouldSeeFreshObjectWhenPageBecomesPrivateAfterCommit(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long head = t.committedCell(0);
            final long other = t.committedCell(0);
            t.attach(t.a, t.b, t.c);
            t.begin(t.b);
            t.begin(t.a).push(t.newCell(t.a, 42, 0));
            t.commit(t.a);
            t.put(t.b, other, 7);
            t.commit(t.b);
            t.begin(t.a).putRef(head, t.next, t.a.root(0));
            t.commit(t.a);
            t.a.pop();
            assertSeenByAll(t, head, 42);
        }
    }

    @EachSharing
    void shouldSeeFreshObjectWhenCommitterHoldsPagePrivately(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long head = t.committedCell(0);
            t.attach(t.a, t.b, t.c);
            t.write(t.a, head, 1);
            t.begin(t.a).putRef(head, t.next, t.newCell(t.a, 42, 0));
            t.commit(t.a);
            assertSeenByAll(t, head, 42);
        }
    }

    @EachSharing
    void shouldSeeFreshObjectWhenAllHoldThePage(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long[] cells = new long[NEIGHBOURS];
            for (int i = 0; i < NEIGHBOURS; i++) {
                cells[i] = t.committedCell(0);
            }
            t.attach(t.a, t.b, t.c);
            t.write(t.a, cells[1], 1);
            t.write(t.b, cells[2], 1);
            t.write(t.c, cells[3], 1);
            t.begin(t.a).putRef(cells[0], t.next, t.newCell(t.a, 42, 0));
            t.commit(t.a);
            assertSeenByAll(t, cells[0], 42);
        }
    }

    @EachSharing
    void shouldMeetObjectsWhenOnlyTheirMutatorsRootsReachedThem(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long other = t.committedCell(0);
            final GlobalRoot root = t.heap.newGlobalRoot("late");
            t.attach(t.a, t.b, t.c);
            t.write(t.b, other, 1);
            t.begin(t.a).push(t.newCell(t.a, 42, 0));
            t.commit(t.a);
            root.set(t.a.pop());
            t.begin(t.b);
            assertEquals(42, t.get(t.b, root.get()), "met through a root, not through the log");
            assertSamePage(t.b, other, root.get());
            t.put(t.b, root.get(), 43);
            t.commit(t.b);
            assertEquals(43, t.committedValue(t.c, root.get()));
            assertEquals(43, t.committedValue(t.a, root.get()));
        }
    }

    @EachSharing
    void shouldMeetStructureWhenCommittedWithoutWrites(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long head = t.committedCell(0);
            t.attach(t.a, t.b, t.c);
            for (int round = 0; round < 5; round++) {
                t.write(t.b, head, round);
                t.write(t.c, head, round + 100);
                t.begin(t.a);
                long list = 0;
                for (int i = 0; i < 400; i++) {
                    list = t.newCell(t.a, i, list);
                }
                t.a.push(list);
                t.commit(t.a);
                assertEquals(0, t.a.inspect().writeSet().size());
                list = t.a.pop();
                for (final Mutator m : new Mutator[] {t.b, t.c}) {
                    t.begin(m);
                    long ref = list;
                    for (int i = 399; i >= 0; i--) {
                        assertEquals(i, t.get(m, ref));
                        ref = m.getRef(ref, t.next);
                    }
                    t.commit(m);
                }
            }
        }
    }

    @EachSharing
    void shouldSeeLargeObjectWhenItSpansPagesThatOthersHold(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long head = t.committedCell(0);
            t.attach(t.a, t.b, t.c);
            for (int round = 0; round < 6; round++) {
                final long length = 3000 + round * 700;
                t.begin(t.a);
                final long large = t.a.allocate(t.array, length);
                for (int i = 0; i < length; i += 13) {
                    t.a.putRefAt(large, i, 2L * i + 1);
                }
                t.a.putRefAt(large, 0, t.newCell(t.a, round, 0));
                t.a.putRef(head, t.next, large);
                t.commit(t.a);
                for (final Mutator m : new Mutator[] {t.b, t.c}) {
                    t.begin(m);
                    final long found = m.getRef(head, t.next);
                    assertEquals(length, m.length(found));
                    for (int i = 1; i < length; i++) {
                        assertEquals(i % 13 == 0 ? 2L * i + 1 : 0, m.getRefAt(found, i));
                    }
                    assertEquals(round, t.get(m, m.getRefAt(found, 0)));
                    privatize(m, found, length / 2);
                    privatize(m, found, length - 1);
                    t.commit(m);
                }
            }
        }
    }

    @EachSharing
    void shouldSeeSlotsReusedAfterAbortWhenOthersCopiedTheOldBytes(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long head = t.committedCell(0);
            final long other = t.committedCell(0);
            t.attach(t.a, t.b, t.c);
            t.begin(t.a);
            for (int i = 0; i < 50; i++) {
                t.a.push(t.newCell(t.a, -1, 0));
            }
            t.a.collectNursery();
            t.write(t.b, other, 1);
            t.abort(t.a);
            t.begin(t.a);
            long list = 0;
            for (int i = 0; i < 50; i++) {
                list = t.newCell(t.a, i, list);
            }
            t.a.putRef(head, t.next, list);
            t.commit(t.a);
            t.begin(t.b);
            long ref = t.b.getRef(head, t.next);
            for (int i = 49; i >= 0; i--) {
                assertEquals(i, t.get(t.b, ref));
                ref = t.b.getRef(ref, t.next);
            }
        }
    }

    @EachSharing
    void shouldSeeObjectsOfUnalignedClassesWhenTheyStraddleUnits(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long head = t.committedCell(0);
            t.attach(t.a, t.b, t.c);
            for (final int bytes : new int[] {900, 1500, 2900, 5000, 7000, 8100}) {
                t.begin(t.a);
                long list = 0;
                final int count = 12;
                for (int i = 0; i < count; i++) {
                    final long blob = t.a.allocate(t.blob, bytes);
                    for (int k = 0; k + 8 <= bytes; k += 8) {
                        t.a.putLongAt(blob, k, k + 1000L * i);
                    }
                    final long array = t.a.allocate(t.array, 2);
                    t.a.putRefAt(array, 0, blob);
                    t.a.putRefAt(array, 1, list);
                    list = array;
                }
                t.a.putRef(head, t.next, list);
                t.commit(t.a);
                for (final Mutator m : new Mutator[] {t.b, t.c, t.a}) {
                    t.begin(m);
                    long ref = m.getRef(head, t.next);
                    for (int i = count - 1; i >= 0; i--) {
                        final long blob = m.getRefAt(ref, 0);
                        for (int k = 0; k + 8 <= bytes; k += 8) {
                            assertEquals(k + 1000L * i, m.getLongAt(blob, k));
                        }
                        m.putLongAt(blob, 0, -5);
                        m.putLongAt(blob, bytes - 8 & -8, -5);
                        m.putLongAt(blob, 0, 1000L * i);
                        m.putLongAt(blob, bytes - 8 & -8, (bytes - 8 & -8) + 1000L * i);
                        ref = m.getRefAt(ref, 1);
                    }
                    t.commit(m);
                }
            }
        }
    }
}

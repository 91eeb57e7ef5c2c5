package org.segstm.gc.protocol;

import org.segstm.heap.AbortCause;
import org.segstm.heap.Mutator;
import org.segstm.heap.OutOfHeapException;
import org.segstm.heap.PageSharing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Running out of heap ends one transaction; the heap and all others go on. */
class OutOfHeapTest {
    private static Stage stage(final PageSharing sharing) {
        return new Stage(Stage.context(sharing).heapBytes(4 << 20));
    }

    /** Keeps everything it allocates. */
    private static void fill(final Stage t, final Mutator m) {
        while (true) {
            m.push(t.newCell(m, 1, m.rootDepth() == 0 ? 0 : m.root(m.rootDepth() - 1)));
            m.safepoint();
        }
    }

    /** Begins a transaction that leaves no room for others. */
    private static void takeAllRoom(final Stage t, final Mutator m) {
        t.begin(m);
        try {
            while (true) {
                m.push(m.allocate(t.blob, 8_200));
            }
        } catch (final OutOfHeapException e) {
            assertTrue(m.inTransaction());
        }
    }

    private static void allocateAndWrite(final Stage t, final long x) {
        t.put(t.a, x, 5);
        for (int i = 0; i < 1000; i++) {
            t.a.push(t.newCell(t.a, i, x));
        }
    }

    private static void assertUsable(final Stage t, final long x) {
        for (int i = 0; i < 5; i++) {
            t.begin(t.a);
            t.put(t.a, x, i);
            t.a.putRef(x, t.next, t.newCell(t.a, i, 0));
            t.commit(t.a);
            t.begin(t.b);
            assertEquals(i, t.get(t.b, x));
            assertEquals(i, t.get(t.b, t.b.getRef(x, t.next)));
            t.commit(t.b);
        }
    }

    @EachSharing
    void shouldAbortOnlyThatTransactionWhenAtomicBodyRunsOut(final PageSharing sharing) {
        try (Stage t = stage(sharing)) {
            final long x = t.committedCell(1);
            t.attach(t.a, t.b);
            t.begin(t.b);
            t.put(t.b, x, 7);
            for (int i = 0; i < 3; i++) {
                t.on(t.a);
                assertThrows(OutOfHeapException.class, () -> t.a.atomicallyDo(m -> fill(t, m)));
                assertFalse(t.a.inTransaction());
                assertEquals(0, t.a.rootDepth());
            }
            assertEquals(2 * 3, t.a.statistics().aborted(AbortCause.OUT_OF_HEAP));
            assertTrue(t.tryCommit(t.b));
            assertEquals(7, t.committedValue(t.a, x));
            assertUsable(t, x);
        }
    }

    @EachSharing
    void shouldGoOnWhenLargeObjectFindsNoRoom(final PageSharing sharing) {
        try (Stage t = stage(sharing)) {
            final long x = t.committedCell(1);
            t.attach(t.a, t.b);
            t.begin(t.a);
            t.put(t.a, x, 5);
            final OutOfHeapException refusal =
                assertThrows(OutOfHeapException.class, () -> t.a.allocate(t.blob, 100 << 20));
            assertTrue(refusal.getMessage().startsWith(
                "out of heap (raise segstm.heap or keep fewer objects alive): requested=1"), refusal.getMessage());
            assertTrue(t.a.inTransaction(), "what was not allocated does no harm");
            t.abort(t.a);
            assertEquals(1, t.committedValue(t.b, x));
            assertUsable(t, x);
        }
    }

    @EachSharing
    void shouldRollBackWhenSurvivorsFindNoRoomAtCommit(final PageSharing sharing) {
        try (Stage t = stage(sharing)) {
            final long x = t.committedCell(1);
            t.attach(t.a, t.b);
            takeAllRoom(t, t.b);
            t.begin(t.a);
            allocateAndWrite(t, x);
            assertThrows(OutOfHeapException.class, () -> t.a.commit());
            assertFalse(t.a.inTransaction());
            assertEquals(1, t.a.statistics().aborted(AbortCause.OUT_OF_HEAP));
            t.abort(t.b);
            assertEquals(1, t.committedValue(t.b, x));
            assertUsable(t, x);
        }
    }

    @EachSharing
    void shouldStayInevitableWhenSurvivorsFindNoRoomAtSafepoint(final PageSharing sharing) {
        try (Stage t = stage(sharing)) {
            final long x = t.committedCell(1);
            t.attach(t.a, t.b);
            takeAllRoom(t, t.b);
            t.on(t.a).beginInevitable("test");
            allocateAndWrite(t, x);
            final long lastYoung = t.a.root(999);
            assertThrows(OutOfHeapException.class, t.a::collectNursery);
            assertTrue(t.a.isInevitable());
            assertEquals(lastYoung, t.a.root(999), "nothing has moved");
            assertEquals(999, t.get(t.a, lastYoung));
            t.abort(t.b);
            t.commit(t.a);
            assertEquals(5, t.committedValue(t.b, x));
            t.begin(t.a);
            for (int i = 0; i < 1000; i++) {
                assertEquals(i, t.get(t.a, t.a.root(i)));
            }
            t.commit(t.a);
            t.a.truncateRoots(0);
        }
    }

    @EachSharing
    void shouldStayInevitableWhenSurvivorsFindNoRoomAtCommit(final PageSharing sharing) {
        try (Stage t = stage(sharing)) {
            final long x = t.committedCell(1);
            t.attach(t.a, t.b);
            takeAllRoom(t, t.b);
            t.on(t.a).beginInevitable("test");
            allocateAndWrite(t, x);
            final long lastYoung = t.a.root(999);
            for (int i = 0; i < 2; i++) {
                assertThrows(OutOfHeapException.class, t.a::commit);
                assertTrue(t.a.isInevitable());
                assertEquals(lastYoung, t.a.root(999), "nothing has moved");
                assertEquals(999, t.get(t.a, lastYoung));
                assertEquals(5, t.get(t.a, x));
            }
            t.abort(t.b);
            t.on(t.a);
            t.a.push(t.newCell(t.a, 1000, x));
            t.commit(t.a);
            assertEquals(5, t.committedValue(t.b, x));
            t.begin(t.b);
            for (int i = 0; i <= 1000; i++) {
                assertEquals(i, t.get(t.b, t.a.root(i)));
            }
            t.commit(t.b);
            assertEquals(0, t.a.statistics().aborted());
            assertUsable(t, x);
        }
    }

    @EachSharing
    void shouldCommitWhenInevitableLetsGoWhatFoundNoRoom(final PageSharing sharing) {
        try (Stage t = stage(sharing)) {
            final long x = t.committedCell(1);
            t.attach(t.a, t.b);
            takeAllRoom(t, t.b);
            t.on(t.a).beginInevitable("test");
            allocateAndWrite(t, x);
            assertThrows(OutOfHeapException.class, t.a::commit);
            t.a.truncateRoots(0);
            t.commit(t.a);
            assertEquals(0, t.a.statistics().aborted());
            t.abort(t.b);
            assertEquals(5, t.committedValue(t.b, x));
            assertUsable(t, x);
        }
    }

    @EachSharing
    void shouldOpenLogWhenInevitableIsGivenUp(final PageSharing sharing) {
        try (Stage t = stage(sharing)) {
            final long x = t.committedCell(1);
            t.attach(t.a, t.b);
            takeAllRoom(t, t.b);
            t.on(t.a).beginInevitable("test");
            allocateAndWrite(t, x);
            assertThrows(IllegalStateException.class, t.a::abort);
            assertThrows(OutOfHeapException.class, t.a::commit);
            t.a.abort();
            assertFalse(t.a.inTransaction());
            assertEquals(0, t.a.rootDepth());
            t.a.beginInevitable("again");
            assertThrows(IllegalStateException.class, t.a::abort);
            t.a.commit();
            t.abort(t.b);
            assertEquals(1, t.committedValue(t.b, x));
            assertUsable(t, x);
        }
    }

    @EachSharing
    void shouldGiveUpWhenInevitableAtomicBodyFindsNoRoomAtCommit(final PageSharing sharing) {
        try (Stage t = stage(sharing)) {
            final long x = t.committedCell(1);
            t.attach(t.a, t.b);
            takeAllRoom(t, t.b);
            t.on(t.a);
            final int[] runs = new int[1];
            assertThrows(OutOfHeapException.class, () -> t.a.atomicallyDo(m -> {
                runs[0]++;
                m.becomeInevitable("test");
                allocateAndWrite(t, x);
            }));
            assertEquals(1, runs[0], "what cannot be undone is not done twice");
            assertFalse(t.a.inTransaction());
            assertThrows(OutOfHeapException.class, () -> t.a.atomicallyDo(m -> {
                m.becomeInevitable("test");
                allocateAndWrite(t, x);
                throw new IllegalArgumentException("of the body");
            }));
            assertFalse(t.a.inTransaction());
            t.abort(t.b);
            assertEquals(1, t.committedValue(t.b, x));
            assertUsable(t, x);
        }
    }
}

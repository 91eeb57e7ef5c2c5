package org.segstm.gc.major;

import org.junit.jupiter.api.Timeout;
import org.segstm.gc.protocol.EachSharing;
import org.segstm.gc.protocol.Stage;
import org.segstm.heap.AbortCause;
import org.segstm.heap.GlobalRoot;
import org.segstm.heap.Mutator;
import org.segstm.heap.PageSharing;
import org.segstm.heap.TransactionAbortedException;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Major collections in the middle of transactions: what only those hold lives on, whether they commit or abort. */
@Timeout(60)
class InFlightTest {
    private static final int MANY = 3000;

    /** A committed cell that nothing holds but a global root. */
    private static GlobalRoot rooted(final Stage t, final long number, final long nextRef) {
        t.begin(t.a);
        t.a.push(t.newCell(t.a, number, nextRef));
        t.a.commit();
        final GlobalRoot root = t.heap.newGlobalRoot("cell");
        root.set(t.a.root(t.a.rootDepth() - 1));
        t.a.pop();
        return root;
    }

    private static void major(final Stage t) {
        t.parkActing();
        t.heap.collectMajor();
    }

    /** Uses free memory, so that what was freed by mistake is overwritten. */
    private static void churn(final Stage t, final Mutator m) {
        t.begin(m);
        for (int i = 0; i < MANY; i++) {
            m.push(t.newCell(m, -1, 0));
        }
        m.commit();
        m.truncateRoots(0);
    }

    @EachSharing
    void shouldKeepOldVersionWhenTransactionThatOverwroteItAborts(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final GlobalRoot target = rooted(t, 42, 0);
            final GlobalRoot holder = rooted(t, 1, target.get());
            target.set(0);
            t.begin(t.a).putRef(holder.get(), t.next, 0);
            major(t);
            churn(t, t.b);
            t.abort(t.a);
            t.begin(t.a);
            assertEquals(42, t.get(t.a, t.a.getRef(holder.get(), t.next)));
            t.commit(t.a);
        }
    }

    @EachSharing
    void shouldFreeOldVersionWhenTransactionThatOverwroteItHasCommitted(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final GlobalRoot target = rooted(t, 42, 0);
            final GlobalRoot holder = rooted(t, 1, target.get());
            final long targetRef = target.get();
            target.set(0);
            t.begin(t.a).putRef(holder.get(), t.next, 0);
            major(t);
            t.commit(t.a);
            major(t);
            t.begin(t.b);
            assertThrows(RuntimeException.class, () -> t.get(t.b, targetRef));
            t.abort(t.b);
        }
    }

    @EachSharing
    void shouldKeepNewVersionWhenOnlyAnUncommittedStoreRefersToIt(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final GlobalRoot target = rooted(t, 42, 0);
            final GlobalRoot holder = rooted(t, 1, 0);
            t.begin(t.a).putRef(holder.get(), t.next, target.get());
            target.set(0);
            major(t);
            churn(t, t.b);
            t.commit(t.a);
            t.begin(t.b);
            assertEquals(42, t.get(t.b, t.b.getRef(holder.get(), t.next)));
            t.commit(t.b);
        }
    }

    @EachSharing
    void shouldKeepNewVersionWhenAnUncommittedStoreIntoOneCardRefersToIt(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final int length = 5000;
            final long array = t.committed(t.a, m -> m.allocate(t.array, length));
            final GlobalRoot target = rooted(t, 42, 0);
            t.begin(t.a).putRefAt(array, length / 2, target.get());
            target.set(0);
            major(t);
            churn(t, t.b);
            t.commit(t.a);
            t.begin(t.b);
            assertEquals(42, t.get(t.b, t.b.getRefAt(array, length / 2)));
            t.commit(t.b);
        }
    }

    @EachSharing
    void shouldKeepArrayWhenOnlyTheWriteSetKnowsOneOfItsCards(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            for (final int length : new int[] {200, 5000}) {
                t.begin(t.a);
                t.a.push(t.a.allocate(t.array, length));
                t.a.commit();
                final GlobalRoot root = t.heap.newGlobalRoot("array");
                root.set(t.a.root(0));
                t.a.pop();
                t.begin(t.a).putRefAt(root.get(), length - 1, 1);
                root.set(0);
                major(t);
                final long used = t.heap.statistics().usedBytes();
                assertTrue(used >= length * 8L);
                t.commit(t.a);
                major(t);
                assertTrue(t.heap.statistics().usedBytes() <= used - length * 8L / 4096 * 4096);
            }
        }
    }

    @EachSharing
    void shouldKeepWhatYoungAndOverflowAndLargeObjectsReferTo(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final GlobalRoot[] targets = {rooted(t, 1, 0), rooted(t, 2, 0), rooted(t, 3, 0), rooted(t, 4, 0)};
            t.begin(t.a);
            t.a.push(t.newCell(t.a, 10, targets[0].get()));
            t.a.push(t.a.allocate(t.array, 8000));
            t.a.putRefAt(t.a.root(1), 7000, targets[1].get());
            t.a.collectNursery();
            t.a.push(t.newCell(t.a, 11, targets[2].get()));
            t.a.push(t.a.allocate(t.array, 8000));
            t.a.putRefAt(t.a.root(3), 7999, targets[3].get());
            for (final GlobalRoot target : targets) {
                target.set(0);
            }
            major(t);
            churn(t, t.b);
            major(t);
            t.commit(t.a);
            major(t);
            churn(t, t.b);
            t.begin(t.b);
            assertEquals(1, t.get(t.b, t.b.getRef(t.a.root(0), t.next)));
            assertEquals(2, t.get(t.b, t.b.getRefAt(t.a.root(1), 7000)));
            assertEquals(3, t.get(t.b, t.b.getRef(t.a.root(2), t.next)));
            assertEquals(4, t.get(t.b, t.b.getRefAt(t.a.root(3), 7999)));
            t.commit(t.b);
        }
    }

    @EachSharing
    void shouldKeepPoppedRootWhenAbortBringsItBack(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            t.begin(t.a);
            t.a.push(t.newCell(t.a, 7, 0));
            t.a.push(t.newCell(t.a, 8, 0));
            t.a.commit();
            t.begin(t.a).pop();
            t.a.pop();
            t.a.push(0);
            major(t);
            churn(t, t.b);
            t.abort(t.a);
            t.begin(t.a);
            assertEquals(7, t.get(t.a, t.a.root(0)));
            assertEquals(8, t.get(t.a, t.a.root(1)));
            t.commit(t.a);
        }
    }

    @EachSharing
    void shouldFreeWhatConflictingTransactionHeldAndRollItBack(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long cell = t.committedCell(1);
            t.begin(t.a);
            t.a.push(t.newCell(t.a, 5, 0));
            t.a.push(t.a.allocate(t.blob, 50_000));
            t.a.collectNursery();
            t.put(t.a, cell, 2);
            t.parkActing();
            t.write(t.b, cell, 3);
            major(t);
            assertThrows(TransactionAbortedException.class, () -> t.on(t.a));
            assertEquals(1, t.a.statistics().aborted(AbortCause.RESHARE));
            assertEquals(0, t.a.rootDepth());
            assertTrue(t.heap.statistics().usedBytes() < 50_000);
            assertEquals(3, t.committedValue(t.a, cell));
        }
    }

    @EachSharing
    void shouldLeaveTransactionAloneWhenItDoesNotConflict(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long cell = t.committedCell(1);
            final long elsewhere = t.committedCell(9);
            t.begin(t.a);
            t.put(t.a, cell, 2);
            for (int i = 0; i < 5; i++) {
                t.write(t.b, elsewhere, i);
                churn(t, t.b);
                major(t);
                assertEquals(2, t.get(t.a, cell));
            }
            t.commit(t.a);
            assertEquals(0, t.a.statistics().aborted());
            assertEquals(2, t.committedValue(t.b, cell));
        }
    }

    @EachSharing
    void shouldGoOnWhenInevitableTransactionIsInFlight(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final GlobalRoot target = rooted(t, 42, 0);
            final GlobalRoot holder = rooted(t, 1, 0);
            t.attach(t.b);
            t.on(t.a).beginInevitable("test");
            t.a.putRef(holder.get(), t.next, target.get());
            target.set(0);
            t.a.push(t.newCell(t.a, 6, 0));
            major(t);
            t.on(t.a).safepoint();
            assertTrue(t.a.isInevitable());
            t.commit(t.a);
            t.begin(t.b);
            assertEquals(42, t.get(t.b, t.b.getRef(holder.get(), t.next)));
            assertEquals(6, t.get(t.b, t.a.root(0)));
            t.commit(t.b);
        }
    }

    @EachSharing
    void shouldSeeTheSameInAllViewsWhenSegmentsWereDetached(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long cell = t.committedCell(1);
            t.attach(t.a, t.b, t.c);
            t.write(t.b, cell, 2);
            t.parkActing();
            t.heap.detachIdle();
            major(t);
            churn(t, t.b);
            major(t);
            for (final Mutator m : new Mutator[] {t.a, t.b, t.c}) {
                assertEquals(2, t.committedValue(m, cell));
            }
        }
    }

    @EachSharing
    void shouldHandOutZeroesWhenFreedPagesShareAPrivateUnitWithAnUncommittedWrite(final PageSharing sharing) {
        try (Stage t = new Stage(Stage.context(sharing).unitBytes(64 << 10))) {
            final int bytes = 20_000;
            final long cell = t.committedCell(1);
            t.begin(t.a);
            t.a.push(t.a.allocate(t.blob, bytes));
            for (int i = 0; i < bytes; i++) {
                t.a.putByteAt(t.a.root(0), i, (byte) -1);
            }
            t.a.commit();
            final long freedRef = t.a.pop();
            t.attach(t.b);
            t.begin(t.a);
            t.put(t.a, cell, 2);
            assertTrue(t.a.inspect().isPagePrivate(freedRef));
            major(t);
            final long blob = t.on(t.a).allocate(t.blob, bytes);
            assertEquals(freedRef, blob);
            for (int i = 0; i < bytes; i++) {
                assertEquals(0, t.a.getByteAt(blob, i));
            }
            t.a.push(blob);
            t.commit(t.a);
            t.begin(t.b);
            for (int i = 0; i < bytes; i++) {
                assertEquals(0, t.b.getByteAt(blob, i));
            }
            t.commit(t.b);
            assertFalse(t.b.inTransaction());
        }
    }
}

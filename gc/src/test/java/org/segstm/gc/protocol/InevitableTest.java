package org.segstm.gc.protocol;

import org.segstm.heap.AbortCause;
import org.segstm.heap.HeapException;
import org.segstm.heap.Mutator;
import org.segstm.heap.PageSharing;
import org.segstm.heap.TransactionAbortedException;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * At most one transaction is inevitable; it never aborts; updates of what it has read wait for it, readers do not.
 */
class InevitableTest {
    @EachSharing
    void shouldCommitInevitableWhenOthersTouchedTheSameObjects(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(1);
            t.attach(t.a, t.b);
            t.begin(t.b);
            t.put(t.b, x, 5);
            t.on(t.a).beginInevitable("test");
            assertTrue(t.a.isInevitable());
            t.put(t.a, x, t.get(t.a, x) + 1);
            assertTrue(t.tryCommit(t.a));
            assertFalse(t.a.isInevitable());
            assertFalse(t.tryCommit(t.b));
            assertEquals(2, t.committedValue(t.c, x));
            assertEquals(1, t.a.statistics().inevitable());
        }
    }

    @EachSharing
    void shouldLetReadersCommitWhenOneIsInevitable(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(1);
            t.attach(t.a, t.b);
            t.on(t.a).beginInevitable("test");
            t.put(t.a, x, 2);
            assertEquals(1, t.committedValue(t.b, x));
            t.begin(t.b);
            t.put(t.b, x, 1);
            assertTrue(t.tryCommit(t.b), "a silent store publishes nothing");
            t.commit(t.a);
            assertEquals(2, t.committedValue(t.b, x));
        }
    }

    @EachSharing
    void shouldWaitAtCommitWhenOtherIsInevitable(final PageSharing sharing) throws InterruptedException {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(1);
            final long y = t.committedCell(1);
            t.attach(t.a);
            t.on(t.a).beginInevitable("test");
            t.put(t.a, x, 2);
            assertEquals(1, t.get(t.a, y));
            final CountDownLatch reached = new CountDownLatch(1);
            final AtomicInteger committed = new AtomicInteger();
            final Mutator other = t.mutator("waiting");
            final Thread thread = new Thread(() -> {
                other.begin();
                other.putLong(y, t.value, 7);
                reached.countDown();
                other.commit();
                committed.incrementAndGet();
            });
            t.parkActing();
            thread.start();
            assertTrue(reached.await(20, TimeUnit.SECONDS));
            thread.join(200);
            assertTrue(thread.isAlive(), "it waits at its commit");
            assertEquals(0, committed.get());
            t.on(t.a);
            t.put(t.a, x, 3);
            t.commit(t.a);
            thread.join(20_000);
            assertEquals(1, committed.get());
            assertEquals(3, t.committedValue(t.b, x));
            assertEquals(7, t.committedValue(t.b, y));
        }
    }

    @EachSharing
    void shouldAbortWaitingCommitterWhenInevitableChangedWhatItRead(final PageSharing sharing)
        throws InterruptedException {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(1);
            t.attach(t.a);
            t.on(t.a).beginInevitable("test");
            t.put(t.a, x, 2);
            final CountDownLatch reached = new CountDownLatch(1);
            final AtomicInteger attempts = new AtomicInteger();
            final Mutator other = t.mutator("waiting");
            final Thread thread = new Thread(() -> other.atomicallyDo(m -> {
                attempts.incrementAndGet();
                m.putLong(x, t.value, m.getLong(x, t.value) * 10);
                reached.countDown();
            }));
            t.parkActing();
            thread.start();
            assertTrue(reached.await(20, TimeUnit.SECONDS));
            thread.join(100);
            t.commit(t.a);
            thread.join(20_000);
            assertEquals(2, attempts.get());
            assertEquals(20, t.committedValue(t.b, x));
        }
    }

    @EachSharing
    void shouldReshareWhileCommitterWaitsForInevitable(final PageSharing sharing) throws InterruptedException {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(1);
            final long y = t.committedCell(1);
            t.attach(t.a);
            t.on(t.a).beginInevitable("test");
            t.put(t.a, x, 2);
            assertEquals(1, t.get(t.a, y));
            final CountDownLatch reached = new CountDownLatch(1);
            final Mutator other = t.mutator("waiting");
            final Thread thread = new Thread(() -> {
                other.begin();
                other.putRef(y, t.next, t.newCell(other, 70, 0));
                other.push(other.getRef(y, t.next));
                other.collectNursery();
                other.putLong(other.root(0), t.value, 71);
                other.putLong(y, t.value, 7);
                reached.countDown();
                other.commit();
            });
            t.parkActing();
            thread.start();
            assertTrue(reached.await(20, TimeUnit.SECONDS));
            thread.join(100);
            for (int i = 0; i < 5; i++) {
                t.reshare();
                assertEquals(1, t.committedValue(t.b, y));
                t.write(t.b, y, 1);
            }
            t.commit(t.a);
            thread.join(20_000);
            assertFalse(thread.isAlive());
            for (final Mutator m : new Mutator[] {t.a, t.b, t.c}) {
                t.begin(m);
                assertEquals(2, t.get(m, x));
                assertEquals(7, t.get(m, y));
                assertEquals(71, t.get(m, m.getRef(y, t.next)));
                t.commit(m);
            }
        }
    }

    @EachSharing
    void shouldWaitForTokenWhenSecondWantsToBeInevitable(final PageSharing sharing) throws InterruptedException {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(0);
            t.attach(t.a);
            t.on(t.a).beginInevitable("first");
            t.put(t.a, x, 1);
            final CountDownLatch reached = new CountDownLatch(1);
            final Mutator other = t.mutator("second");
            final Thread thread = new Thread(() -> {
                reached.countDown();
                other.beginInevitable("second");
                other.putLong(x, t.value, other.getLong(x, t.value) + 10);
                other.commit();
            });
            t.parkActing();
            thread.start();
            assertTrue(reached.await(20, TimeUnit.SECONDS));
            thread.join(100);
            assertTrue(thread.isAlive());
            t.commit(t.a);
            thread.join(20_000);
            assertEquals(11, t.committedValue(t.b, x));
            assertEquals(0, other.statistics().aborted());
        }
    }

    @EachSharing
    void shouldBecomeInevitableAndKeepWritesWhenNothingConflicts(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(1);
            final long y = t.committedCell(1);
            t.attach(t.a, t.b);
            t.begin(t.a);
            t.put(t.a, x, 2);
            t.write(t.b, y, 5);
            t.on(t.a).becomeInevitable("test");
            assertTrue(t.a.isInevitable());
            assertEquals(5, t.get(t.a, y), "it has taken in what others committed");
            t.a.becomeInevitable("again");
            t.put(t.a, x, 3);
            t.commit(t.a);
            assertEquals(3, t.committedValue(t.b, x));
        }
    }

    @EachSharing
    void shouldAbortInsteadOfBecomingInevitableWhenItConflicts(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(1);
            final long y = t.committedCell(1);
            t.attach(t.a, t.b);
            t.begin(t.a);
            t.put(t.a, y, 3 + t.get(t.a, x));
            t.write(t.b, x, 5);
            t.on(t.a);
            final TransactionAbortedException signal =
                assertThrows(TransactionAbortedException.class, () -> t.a.becomeInevitable("test"));
            assertEquals(AbortCause.INEVITABLE, signal.abortCause());
            assertFalse(t.a.inTransaction());
            assertEquals(1, t.committedValue(t.a, y));
            t.write(t.b, y, 8);
            assertEquals(8, t.committedValue(t.a, y), "the log is open");
        }
    }

    @EachSharing
    void shouldRefuseAbortWhenInevitable(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(1);
            t.on(t.a).beginInevitable("test");
            t.put(t.a, x, 2);
            final IllegalStateException refusal = assertThrows(IllegalStateException.class, t.a::abort);
            assertEquals("an inevitable transaction never aborts: A", refusal.getMessage());
            t.commit(t.a);
            assertEquals(2, t.committedValue(t.b, x));
        }
    }

    @EachSharing
    void shouldCommitWhenBodyOfInevitableTransactionThrows(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(1);
            t.on(t.a);
            assertThrows(ArithmeticException.class, () -> t.a.atomicallyDo(m -> {
                m.becomeInevitable("test");
                m.putLong(x, t.value, 2);
                throw new ArithmeticException();
            }));
            assertEquals(2, t.committedValue(t.b, x));
        }
    }

    @EachSharing
    void shouldOpenLogWhenInevitableWroteNothing(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(1);
            t.attach(t.a, t.b);
            t.on(t.a).beginInevitable("reads only");
            assertEquals(1, t.get(t.a, x));
            t.commit(t.a);
            t.write(t.b, x, 2);
            t.on(t.a).beginInevitable("allocates only");
            t.a.push(t.newCell(t.a, 3, 0));
            t.commit(t.a);
            t.write(t.b, x, 3);
            assertEquals(3, t.committedValue(t.a, t.a.pop()));
        }
    }

    @EachSharing
    void shouldKeepLogClosedWhenAnotherSegmentAttaches(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(1);
            final long y = t.committedCell(1);
            t.on(t.a).beginInevitable("solo");
            t.put(t.a, x, 2);
            assertEquals(1, t.get(t.a, y));
            t.begin(t.b);
            t.put(t.b, y, 2);
            final HeapException refusal = assertThrows(HeapException.class, t.b::commit);
            assertEquals("B would wait for the inevitable transaction of A, which is driven by the same thread: "
                + "commit that one first", refusal.getMessage());
            t.commit(t.a);
            t.commit(t.b);
            assertEquals(2, t.committedValue(t.c, x));
            assertEquals(2, t.committedValue(t.c, y));
        }
    }

    @EachSharing
    void shouldGoOnWhenCommitWasRefusedAndMoreIsWritten(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long head = t.committedCell(1);
            t.attach(t.a, t.b, t.c);
            t.on(t.a).beginInevitable("test");
            assertEquals(1, t.get(t.a, head));
            t.begin(t.b).putRef(head, t.next, t.newCell(t.b, 5, 0));
            t.b.push(t.b.getRef(head, t.next));
            assertThrows(HeapException.class, t.b::commit);
            t.put(t.b, t.b.root(0), 6);
            t.b.putRef(t.b.root(0), t.next, t.newCell(t.b, 7, 0));
            t.commit(t.a);
            t.commit(t.b);
            t.b.pop();
            for (final Mutator m : new Mutator[] {t.c, t.a, t.b}) {
                t.begin(m);
                assertEquals(6, t.get(m, m.getRef(head, t.next)));
                assertEquals(7, t.get(m, m.getRef(m.getRef(head, t.next), t.next)));
                t.commit(m);
            }
        }
    }

    @EachSharing
    void shouldRollBackWhenCommitWasRefused(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long head = t.committedCell(1);
            t.attach(t.a, t.b, t.c);
            final long used = t.heap.statistics().usedBytes();
            t.on(t.a).beginInevitable("test");
            assertEquals(1, t.get(t.a, head));
            t.begin(t.b).putRef(head, t.next, t.newCell(t.b, 5, 0));
            t.b.push(t.b.getRef(head, t.next));
            assertThrows(HeapException.class, t.b::commit);
            t.put(t.b, t.b.root(0), 6);
            t.abort(t.b);
            assertEquals(0, t.b.rootDepth());
            t.commit(t.a);
            t.begin(t.c);
            assertEquals(0, t.c.getRef(head, t.next));
            t.commit(t.c);
            assertTrue(t.heap.statistics().usedBytes() <= used + (64 << 10));
        }
    }

    @EachSharing
    void shouldLeaveNoTransactionWhenBeginInevitableIsRefused(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(1);
            t.attach(t.a, t.b);
            t.on(t.a).beginInevitable("first");
            t.on(t.b);
            assertThrows(HeapException.class, () -> t.b.beginInevitable("second"));
            assertFalse(t.b.inTransaction(), "what did not begin is not running");
            t.commit(t.a);
            t.on(t.b).beginInevitable("now");
            t.put(t.b, x, 4);
            t.commit(t.b);
            assertEquals(4, t.committedValue(t.a, x));
        }
    }

    @EachSharing
    void shouldBecomeInevitableWhenAtomicBodyAbortsAgainAndAgain(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(0);
            t.attach(t.a, t.b);
            final int[] attempts = new int[1];
            t.on(t.a).atomicallyDo(m -> {
                attempts[0]++;
                final long seen = m.getLong(x, t.value);
                if (!m.isInevitable()) {
                    m.park();
                    t.b.atomicallyDo(other -> other.putLong(x, t.value, other.getLong(x, t.value) + 1));
                    m.unpark();
                }
                m.putLong(x, t.value, seen + 1000);
            });
            assertEquals(11, attempts[0]);
            assertEquals(1010, t.committedValue(t.b, x));
        }
    }
}

package org.segstm.gc.protocol;

import org.segstm.heap.AbortCause;
import org.segstm.heap.HeapException;
import org.segstm.heap.Mutator;
import org.segstm.heap.PageSharing;
import org.segstm.heap.TransactionAbortedException;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Stopping all others: nobody moves but the one who asked, who must not wait for them. */
class StopOthersTest {
    private static final long PATIENCE_MS = 20_000;
    private static final int MOMENTS = 20_000;

    /** Commits all the time and counts how often. */
    private static Thread busy(final Stage t, final Mutator mutator, final AtomicLong rounds, final AtomicBoolean end) {
        final Thread thread = new Thread(() -> {
            while (!end.get()) {
                mutator.begin();
                mutator.safepoint();
                mutator.allocate(t.cell);
                rounds.incrementAndGet();
                mutator.commit();
            }
        }, mutator.name());
        thread.start();
        return thread;
    }

    private static void awaitMore(final AtomicLong rounds) {
        final long seen = rounds.get();
        final long deadline = System.currentTimeMillis() + PATIENCE_MS;
        while (rounds.get() < seen + 3) {
            assertTrue(System.currentTimeMillis() < deadline, "the others run");
            Thread.onSpinWait();
        }
    }

    private static void assertNobodyMoves(final AtomicLong... rounds) {
        final long[] seen = new long[rounds.length];
        for (int i = 0; i < rounds.length; i++) {
            seen[i] = rounds[i].get();
        }
        for (int moment = 0; moment < MOMENTS; moment++) {
            Thread.onSpinWait();
        }
        for (int i = 0; i < rounds.length; i++) {
            assertEquals(seen[i], rounds[i].get());
        }
    }

    @EachSharing
    void shouldRunAloneWhenOthersAreStopped(final PageSharing sharing) throws InterruptedException {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(0);
            final AtomicLong first = new AtomicLong();
            final AtomicLong second = new AtomicLong();
            final AtomicBoolean end = new AtomicBoolean();
            final Thread one = busy(t, t.mutator("one"), first, end);
            final Thread two = busy(t, t.mutator("two"), second, end);
            for (int round = 0; round < 10; round++) {
                awaitMore(first);
                awaitMore(second);
                if (round % 2 == 0) {
                    t.begin(t.a);
                }
                t.a.stopAllOthers();
                assertTrue(t.a.isStopping());
                assertNobodyMoves(first, second);
                if (round % 2 == 0) {
                    t.put(t.a, x, round);
                    t.commit(t.a);
                }
                t.a.atomicallyDo(m -> m.putLong(x, t.value, m.getLong(x, t.value) + 1));
                t.a.stopAllOthers();
                t.heap.reshare();
                t.heap.collectMajor();
                t.a.resumeAllOthers();
                assertNobodyMoves(first, second);
                t.a.resumeAllOthers();
                assertFalse(t.a.isStopping());
            }
            end.set(true);
            one.join(PATIENCE_MS);
            two.join(PATIENCE_MS);
            assertEquals(10, t.committedValue(t.a, x));
        }
    }

    @EachSharing
    void shouldTakeTurnsWhenTwoStopEachOtherFromInside(final PageSharing sharing) throws InterruptedException {
        try (Stage t = new Stage(sharing)) {
            final int[] inside = new int[1];
            final AtomicLong stops = new AtomicLong();
            final Thread[] threads = new Thread[3];
            final AtomicBoolean broken = new AtomicBoolean();
            for (int i = 0; i < threads.length; i++) {
                final Mutator mutator = t.mutator("stopper " + i);
                threads[i] = new Thread(() -> {
                    for (int round = 0; round < 50; round++) {
                        mutator.atomicallyDo(m -> {
                            m.stopAllOthers();
                            broken.compareAndSet(false, ++inside[0] != 1);
                            stops.incrementAndGet();
                            inside[0]--;
                            m.resumeAllOthers();
                        });
                    }
                });
                threads[i].start();
            }
            for (final Thread thread : threads) {
                thread.join(PATIENCE_MS);
                assertFalse(thread.isAlive());
            }
            assertFalse(broken.get());
            assertEquals(150, stops.get());
        }
    }

    @EachSharing
    void shouldAbortWhenConflictIsFoundWhileItWaitsForItsTurn(final PageSharing sharing) throws InterruptedException {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(1);
            t.attach(t.a, t.b);
            final CountDownLatch waits = new CountDownLatch(1);
            final Throwable[] thrown = new Throwable[1];
            t.begin(t.a);
            t.get(t.a, x);
            t.parkActing();
            t.b.stopAllOthers();
            t.b.atomicallyDo(m -> m.putLong(x, t.value, 2));
            final Thread thread = new Thread(() -> {
                waits.countDown();
                thrown[0] = assertThrows(TransactionAbortedException.class, () -> {
                    t.a.unpark();
                    t.a.stopAllOthers();
                });
            });
            thread.start();
            waits.await();
            t.heap.reshare();
            t.b.resumeAllOthers();
            thread.join(PATIENCE_MS);
            assertFalse(thread.isAlive());
            assertEquals(AbortCause.RESHARE, ((TransactionAbortedException) thrown[0]).abortCause());
            assertFalse(t.a.isStopping());
            assertEquals(2, t.committedValue(t.b, x));
        }
    }

    @EachSharing
    void shouldRefuseToWaitForWhomItHasStopped(final PageSharing sharing) throws InterruptedException {
        try (Stage t = new Stage(Stage.context(sharing).segments(2))) {
            final long x = t.committedCell(1);
            final Mutator other = t.mutator("other");
            final CountDownLatch begun = new CountDownLatch(1);
            final CountDownLatch go = new CountDownLatch(1);
            final Thread thread = new Thread(() -> {
                other.beginInevitable("test");
                assertEquals(1, other.getLong(x, t.value));
                begun.countDown();
                other.park();
                try {
                    go.await();
                } catch (final InterruptedException e) {
                    throw new AssertionError(e);
                }
                other.unpark();
                other.commit();
            });
            thread.start();
            begun.await();
            t.begin(t.a);
            t.put(t.a, x, 2);
            t.a.stopAllOthers();
            final String message = "A would wait for an inevitable transaction that it has stopped itself: resume the "
                + "others first";
            assertEquals(message, assertThrows(HeapException.class, t.a::commit).getMessage());
            assertEquals(message, assertThrows(HeapException.class, () -> t.a.becomeInevitable("test")).getMessage());
            assertEquals("nothing can change while all others are stopped: A",
                assertThrows(IllegalStateException.class, t.a::retry).getMessage());
            assertEquals(2, t.get(t.a, x), "it goes on");
            assertEquals("all 2 segments are in transactions that this very thread has stopped: resume the others "
                + "first", assertThrows(HeapException.class, t.c::begin).getMessage());
            t.a.resumeAllOthers();
            t.parkActing();
            go.countDown();
            thread.join(PATIENCE_MS);
            t.commit(t.a);
            assertEquals(2, t.committedValue(t.a, x));
        }
    }

    @EachSharing
    void shouldRefuseWhenCallsDoNotMatch(final PageSharing sharing) throws InterruptedException {
        try (Stage t = new Stage(sharing)) {
            final String message = "resumeAllOthers() follows stopAllOthers() on the same thread: A";
            assertEquals(message, assertThrows(IllegalStateException.class, t.a::resumeAllOthers).getMessage());
            t.begin(t.b);
            assertEquals("mutator B is executing on this very thread: park() it before another mutator is driven from "
                + "here", assertThrows(HeapException.class, t.a::stopAllOthers).getMessage());
            assertFalse(t.a.isStopping());
            t.commit(t.b);
            t.a.stopAllOthers();
            final Throwable[] other = new Throwable[1];
            final Thread thread = new Thread(() ->
                other[0] = assertThrows(IllegalStateException.class, t.a::resumeAllOthers));
            thread.start();
            thread.join(PATIENCE_MS);
            assertEquals(message, other[0].getMessage());
            assertEquals("resume the others before the mutator is closed: A",
                assertThrows(IllegalStateException.class, t.a::close).getMessage());
            t.a.resumeAllOthers();
            assertEquals(message, assertThrows(IllegalStateException.class, t.a::resumeAllOthers).getMessage());
        }
    }

    @EachSharing
    void shouldStayStoppedWhenTransactionOfTheStopperAborts(final PageSharing sharing) throws InterruptedException {
        try (Stage t = new Stage(sharing)) {
            final AtomicLong rounds = new AtomicLong();
            final AtomicBoolean end = new AtomicBoolean();
            final Thread thread = busy(t, t.mutator("other"), rounds, end);
            awaitMore(rounds);
            assertThrows(ArithmeticException.class, () -> t.a.atomicallyDo(m -> {
                m.stopAllOthers();
                throw new ArithmeticException("body");
            }));
            assertNobodyMoves(rounds);
            t.a.resumeAllOthers();
            awaitMore(rounds);
            end.set(true);
            thread.join(PATIENCE_MS);
        }
    }

    @EachSharing
    void shouldGoOnWhenThreadDiedThatHadStoppedTheOthers(final PageSharing sharing) throws InterruptedException {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(1);
            t.attach(t.a, t.b);
            final Mutator unlucky = t.heap.attachMutator("unlucky");
            for (int inside = 0; inside < 2; inside++) {
                final boolean dies = inside == 1;
                final Thread thread = new Thread(() -> {
                    if (dies) {
                        unlucky.begin();
                        unlucky.putLong(x, t.value, 99);
                    }
                    unlucky.stopAllOthers();
                });
                thread.start();
                thread.join(PATIENCE_MS);
                t.write(t.a, x, 2);
                t.b.stopAllOthers();
                t.b.resumeAllOthers();
            }
            assertEquals(2, t.committedValue(t.b, x));
            t.heap.reshare();
        }
    }

    @EachSharing
    void shouldStopWhenThreadDiedInsideItsTransaction(final PageSharing sharing) throws InterruptedException {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(1);
            final Mutator unlucky = t.heap.attachMutator("unlucky");
            final Thread thread = new Thread(() -> {
                unlucky.begin();
                unlucky.putLong(x, t.value, 99);
            });
            thread.start();
            thread.join(PATIENCE_MS);
            t.begin(t.a).stopAllOthers();
            assertEquals(1, t.get(t.a, x));
            assertFalse(unlucky.inTransaction());
            t.commit(t.a);
            t.a.resumeAllOthers();
            assertEquals(1, unlucky.statistics().aborted(AbortCause.THREAD_DIED));
        }
    }
}

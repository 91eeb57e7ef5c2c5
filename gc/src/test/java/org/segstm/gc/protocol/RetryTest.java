package org.segstm.gc.protocol;

import org.segstm.heap.AbortCause;
import org.segstm.heap.HeapException;
import org.segstm.heap.Mutator;
import org.segstm.heap.PageSharing;
import org.segstm.heap.TransactionAbortedException;

import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Waiting for a change of what was read, and alternatives. */
class RetryTest {
    private static final long PATIENCE_MS = 20_000;

    /** A thread that waits until a cell is not zero, and takes what it finds there. */
    private static final class Taker {
        private final AtomicInteger attempts = new AtomicInteger();
        private final AtomicLong taken = new AtomicLong(-1);
        private final Thread thread;
        private Throwable failure;

        Taker(final Stage t, final Mutator mutator, final long... cells) {
            thread = new Thread(() -> taken.set(mutator.atomically(m -> {
                attempts.incrementAndGet();
                for (final long cell : cells) {
                    final long found = m.getLong(cell, t.value);
                    if (found != 0) {
                        m.putLong(cell, t.value, 0);
                        return found;
                    }
                }
                return m.retry();
            })), "taker");
            thread.setUncaughtExceptionHandler((who, e) -> failure = e);
            thread.start();
        }

        void awaitAsleep(final Stage t, final int attempt) {
            final long deadline = System.currentTimeMillis() + PATIENCE_MS;
            while (attempts.get() < attempt || t.sleepers() == 0) {
                assertTrue(System.currentTimeMillis() < deadline && thread.isAlive(), "the taker sleeps");
                Thread.onSpinWait();
            }
        }

        long cpuNanos() {
            return ManagementFactory.getThreadMXBean().getThreadCpuTime(thread.getId());
        }

        long join() throws InterruptedException {
            thread.join(PATIENCE_MS);
            assertFalse(thread.isAlive(), "the taker has ended");
            return taken.get();
        }
    }

    @EachSharing
    void shouldTryAgainWhenSomethingReadHasChanged(final PageSharing sharing) throws InterruptedException {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(0);
            final long y = t.committedCell(0);
            t.attach(t.a, t.b);
            final Mutator waiting = t.mutator("waiting");
            final Taker taker = new Taker(t, waiting, x, y);
            taker.awaitAsleep(t, 1);
            t.write(t.b, y, 7);
            assertEquals(7, taker.join());
            assertEquals(2, taker.attempts.get());
            assertEquals(1, waiting.statistics().aborted(AbortCause.RETRY));
        }
    }

    @EachSharing
    void shouldSleepOnWhenSomethingElseHasChanged(final PageSharing sharing) throws InterruptedException {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(0);
            final long y = t.committedCell(0);
            t.attach(t.a, t.b);
            final Taker taker = new Taker(t, t.mutator("waiting"), x);
            taker.awaitAsleep(t, 1);
            for (int i = 1; i <= 1000; i++) {
                t.write(t.b, y, i);
            }
            t.begin(t.a);
            t.put(t.a, x, 1);
            t.abort(t.a);
            taker.awaitAsleep(t, 1);
            assertEquals(1, taker.attempts.get());
            t.write(t.a, x, 8);
            assertEquals(8, taker.join());
            assertEquals(2, taker.attempts.get());
        }
    }

    @EachSharing
    void shouldWakeWhenChangeComesWithReshareOrMajorCollection(final PageSharing sharing)
        throws InterruptedException {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(0);
            final long y = t.committedCell(0);
            t.attach(t.a, t.b);
            final Taker taker = new Taker(t, t.mutator("waiting"), x);
            taker.awaitAsleep(t, 1);
            t.reshare();
            t.heap.collectMajor();
            t.write(t.b, y, 1);
            t.reshare();
            taker.awaitAsleep(t, 1);
            t.begin(t.a);
            t.put(t.a, x, 9);
            t.commit(t.a);
            t.reshare();
            assertEquals(9, taker.join());
        }
    }

    @EachSharing
    void shouldWakeWhenInevitableTransactionCommits(final PageSharing sharing) throws InterruptedException {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(0);
            t.attach(t.a, t.b);
            final Taker taker = new Taker(t, t.mutator("waiting"), x);
            taker.awaitAsleep(t, 1);
            t.on(t.a).beginInevitable("test");
            t.put(t.a, x, 3);
            t.commit(t.a);
            assertEquals(3, taker.join());
        }
    }

    @EachSharing
    void shouldWakeWhenItsSegmentWasDetachedAndOthersAreAlone(final PageSharing sharing) throws InterruptedException {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(0);
            t.attach(t.a);
            final Taker taker = new Taker(t, t.mutator("waiting"), x);
            taker.awaitAsleep(t, 1);
            t.begin(t.a);
            t.heap.detachIdle();
            assertTrue(t.a.inspect().isSolo());
            t.put(t.a, x, 4);
            t.commit(t.a);
            assertEquals(4, taker.join());
        }
    }

    @EachSharing
    void shouldGiveSegmentToOthersWhileItSleeps(final PageSharing sharing) throws InterruptedException {
        try (Stage t = new Stage(Stage.context(sharing).segments(1))) {
            final long x = t.committedCell(0);
            final Taker taker = new Taker(t, t.mutator("waiting"), x);
            taker.awaitAsleep(t, 1);
            t.write(t.a, x, 5);
            assertEquals(5, taker.join());
        }
    }

    @EachSharing
    void shouldUseNoProcessorTimeWhileItSleeps(final PageSharing sharing) throws InterruptedException {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(0);
            t.attach(t.a, t.b);
            final Taker taker = new Taker(t, t.mutator("waiting"), x);
            taker.awaitAsleep(t, 1);
            final long before = taker.cpuNanos();
            Thread.sleep(200);
            final long used = taker.cpuNanos() - before;
            assertTrue(used < TimeUnit.MILLISECONDS.toNanos(50), "nanoseconds in 200 ms asleep: " + used);
            t.write(t.a, x, 6);
            assertEquals(6, taker.join());
        }
    }

    @EachSharing
    void shouldEndWaitWhenInterrupted(final PageSharing sharing) throws InterruptedException {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(0);
            t.attach(t.a, t.b);
            final Mutator waiting = t.mutator("waiting");
            final Taker taker = new Taker(t, waiting, x);
            taker.awaitAsleep(t, 1);
            taker.thread.interrupt();
            taker.join();
            assertEquals(HeapException.class, taker.failure.getClass());
            assertEquals("interrupted while it waited for a change of what it has read: waiting",
                taker.failure.getMessage());
            assertFalse(waiting.inTransaction());
            assertEquals(0, t.committedValue(t.a, x));
        }
    }

    @EachSharing
    void shouldSeeChangeByOwnCallbackWhenItRetries(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(0);
            t.attach(t.b);
            t.begin(t.a);
            assertEquals(0, t.get(t.a, x));
            t.a.onAbort(() -> t.write(t.a, x, 1));
            assertThrows(TransactionAbortedException.class, t.a::retry);
            assertEquals(1, t.committedValue(t.b, x));
        }
    }

    @EachSharing
    void shouldRunAlternativeWhenFirstRetries(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(0);
            final long y = t.committedCell(5);
            final String result = t.on(t.a).atomically(m -> {
                m.putLong(y, t.value, 6);
                return m.orElse(first -> {
                    first.putLong(y, t.value, 7);
                    first.atomicallyDo(inner -> {
                        inner.putLong(x, t.value, 1);
                        inner.retry();
                    });
                    return "first";
                }, second -> {
                    assertEquals(6, second.getLong(y, t.value));
                    assertEquals(0, second.getLong(x, t.value));
                    second.putLong(x, t.value, 2);
                    return "second";
                });
            });
            assertEquals("second", result);
            assertEquals(2, t.committedValue(t.b, x));
            assertEquals(6, t.committedValue(t.b, y));
            assertEquals("first", t.on(t.a).orElse(m -> "first", m -> "second"));
            assertEquals(0, t.a.statistics().aborted());
        }
    }

    @EachSharing
    void shouldTryInnermostAlternativeFirstWhenTheyNest(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            t.committedCell(0);
            final String result = t.on(t.a).orElse(
                outer -> outer.<String>orElse(m -> m.retry(), m -> m.retry()),
                outer -> outer.orElse(m -> m.retry(), m -> "fourth"));
            assertEquals("fourth", result);
        }
    }

    @EachSharing
    void shouldWaitForReadsOfBothWhenBothRetry(final PageSharing sharing) throws InterruptedException {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(0);
            final long y = t.committedCell(0);
            t.attach(t.a, t.b);
            for (final long changed : new long[] {x, y}) {
                final Mutator waiting = t.mutator("waiting");
                final AtomicLong taken = new AtomicLong();
                final Thread thread = new Thread(() -> taken.set(waiting.<Long>orElse(
                    m -> m.getLong(x, t.value) != 0 ? 1L : m.<Long>retry(),
                    m -> m.getLong(y, t.value) != 0 ? 2L : m.<Long>retry())));
                thread.start();
                final long deadline = System.currentTimeMillis() + PATIENCE_MS;
                while (t.sleepers() == 0) {
                    assertTrue(System.currentTimeMillis() < deadline && thread.isAlive());
                    Thread.onSpinWait();
                }
                t.write(t.a, changed, 1);
                thread.join(PATIENCE_MS);
                assertEquals(changed == x ? 1 : 2, taken.get());
                t.write(t.a, changed, 0);
            }
        }
    }

    @EachSharing
    void shouldUndoFirstAndPassOnWhenItFails(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(1);
            t.begin(t.a);
            assertThrows(ArithmeticException.class, () -> t.a.orElse(m -> {
                m.putLong(x, t.value, 2);
                throw new ArithmeticException("first");
            }, m -> "second"));
            assertEquals(1, t.get(t.a, x));
            t.commit(t.a);
        }
    }

    @EachSharing
    void shouldRefuseWhenTransactionAskedToBeInevitable(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(1);
            t.on(t.a).beginInevitable("test");
            assertEquals("an inevitable transaction never aborts: A",
                assertThrows(IllegalStateException.class, t.a::retry).getMessage());
            final String result = t.a.orElse(m -> {
                m.putLong(x, t.value, 2);
                return m.retry();
            }, m -> "second");
            assertEquals("second", result, "a block that began later can be undone");
            assertEquals(1, t.get(t.a, x));
            t.commit(t.a);
        }
    }
}

package org.segstm.gc.protocol;

import org.segstm.heap.Mutator;
import org.segstm.heap.PageSharing;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Threads that wait for others, and what reaches them while they wait or run. */
class WaitingTest {
    private static final long PATIENCE_MS = 20_000;

    private static void await(final CountDownLatch latch) {
        try {
            assertTrue(latch.await(PATIENCE_MS, TimeUnit.MILLISECONDS));
        } catch (final InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @EachSharing
    void shouldMoveSnapshotAtSafepointWhenLogIsFull(final PageSharing sharing) throws InterruptedException {
        try (Stage t = new Stage(Stage.context(sharing).logBytes(16 << 10))) {
            final long x = t.committedCell(0);
            final long y = t.committedCell(0);
            t.attach(t.a, t.b);
            final Mutator reader = t.mutator("reader");
            final CountDownLatch begun = new CountDownLatch(1);
            final AtomicBoolean stop = new AtomicBoolean();
            final AtomicLong moves = new AtomicLong();
            final Thread thread = new Thread(() -> {
                reader.begin();
                assertEquals(0, reader.getLong(y, t.value));
                begun.countDown();
                long seen = reader.inspect().viewRevision();
                while (!stop.get()) {
                    reader.safepoint();
                    final long now = reader.inspect().viewRevision();
                    moves.addAndGet(now != seen ? 1 : 0);
                    seen = now;
                }
                reader.commit();
            });
            thread.start();
            await(begun);
            final long deadline = System.currentTimeMillis() + PATIENCE_MS;
            long number = 0;
            while (moves.get() < 3 && System.currentTimeMillis() < deadline) {
                t.write(++number % 2 == 0 ? t.a : t.b, x, number);
            }
            stop.set(true);
            thread.join(PATIENCE_MS);
            assertTrue(moves.get() >= 3, "the reader was asked to validate");
            assertEquals(1, reader.statistics().committed());
        }
    }

    @EachSharing
    void shouldAbortReaderAtSafepointWhenLogIsFullAndItConflicts(final PageSharing sharing)
        throws InterruptedException {
        try (Stage t = new Stage(Stage.context(sharing).logBytes(16 << 10))) {
            final long x = t.committedCell(0);
            t.attach(t.a, t.b);
            final Mutator reader = t.mutator("reader");
            final CountDownLatch begun = new CountDownLatch(1);
            final AtomicLong attempts = new AtomicLong();
            final AtomicBoolean stop = new AtomicBoolean();
            final Thread thread = new Thread(() -> reader.atomicallyDo(m -> {
                attempts.incrementAndGet();
                final long seen = m.getLong(x, t.value);
                begun.countDown();
                while (!stop.get() && attempts.get() < 3) {
                    m.safepoint();
                    assertEquals(seen, m.getLong(x, t.value));
                }
            }));
            thread.start();
            await(begun);
            final long deadline = System.currentTimeMillis() + PATIENCE_MS;
            long number = 0;
            while (attempts.get() < 3 && System.currentTimeMillis() < deadline) {
                t.write(++number % 2 == 0 ? t.a : t.b, x, number);
            }
            stop.set(true);
            thread.join(PATIENCE_MS);
            assertEquals(3, attempts.get());
        }
    }

    @EachSharing
    void shouldStandStillAtSafepointWhenOtherReshares(final PageSharing sharing) throws InterruptedException {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(0);
            final Mutator running = t.mutator("running");
            final CountDownLatch begun = new CountDownLatch(1);
            final AtomicBoolean stop = new AtomicBoolean();
            final Thread thread = new Thread(() -> {
                running.begin();
                running.putLong(x, t.value, 1);
                begun.countDown();
                while (!stop.get()) {
                    running.safepoint();
                    running.putLong(x, t.value, running.getLong(x, t.value) + 1);
                }
                running.commit();
            });
            thread.start();
            await(begun);
            for (int i = 0; i < 50; i++) {
                t.reshare();
                assertEquals(0, t.committedValue(t.a, x));
            }
            stop.set(true);
            thread.join(PATIENCE_MS);
            assertTrue(t.committedValue(t.a, x) > 0);
        }
    }

    @EachSharing
    void shouldKeepInterruptWhenInterruptedWhileWaitingForInevitable(final PageSharing sharing)
        throws InterruptedException {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(0);
            t.on(t.a).beginInevitable("test");
            assertEquals(0, t.get(t.a, x));
            final Mutator waiting = t.mutator("waiting");
            final CountDownLatch begun = new CountDownLatch(1);
            final AtomicBoolean interrupted = new AtomicBoolean();
            final Thread thread = new Thread(() -> {
                waiting.begin();
                waiting.putLong(x, t.value, 5);
                begun.countDown();
                waiting.commit();
                interrupted.set(Thread.interrupted());
            });
            t.parkActing();
            thread.start();
            await(begun);
            Thread.sleep(50);
            thread.interrupt();
            Thread.sleep(50);
            assertTrue(thread.isAlive(), "an interrupt ends no wait");
            t.commit(t.a);
            thread.join(PATIENCE_MS);
            assertTrue(interrupted.get());
            assertEquals(5, t.committedValue(t.b, x));
        }
    }

    @EachSharing
    void shouldKeepInterruptWhenInterruptedWhileWaitingForSegment(final PageSharing sharing)
        throws InterruptedException {
        try (Stage t = new Stage(Stage.context(sharing).segments(1))) {
            final long x = t.committedCell(0);
            t.begin(t.a);
            final Mutator waiting = t.mutator("waiting");
            final CountDownLatch started = new CountDownLatch(1);
            final AtomicBoolean interrupted = new AtomicBoolean();
            final Thread thread = new Thread(() -> {
                started.countDown();
                waiting.begin();
                interrupted.set(Thread.interrupted());
                waiting.putLong(x, t.value, 5);
                waiting.commit();
            });
            thread.start();
            await(started);
            Thread.sleep(50);
            thread.interrupt();
            Thread.sleep(50);
            assertTrue(thread.isAlive(), "an interrupt ends no wait");
            assertFalse(interrupted.get());
            t.commit(t.a);
            thread.join(PATIENCE_MS);
            assertTrue(interrupted.get());
            assertEquals(5, t.committedValue(t.a, x));
        }
    }

    @EachSharing
    void shouldGoOnWhenParkedTransactionIsHandedToAnotherThread(final PageSharing sharing)
        throws InterruptedException {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(0);
            t.begin(t.a);
            t.put(t.a, x, 1);
            t.parkActing();
            final Thread thread = new Thread(() -> {
                t.a.unpark();
                t.a.putLong(x, t.value, t.a.getLong(x, t.value) + 1);
                t.a.commit();
            });
            thread.start();
            thread.join(PATIENCE_MS);
            assertEquals(2, t.committedValue(t.b, x));
        }
    }
}

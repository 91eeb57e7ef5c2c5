package org.segstm.gc.major;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The team of threads, their stacks, and how work gets from one to the other. */
@Timeout(60)
class WorkTest {
    @Test
    void shouldGiveBackInReverseOrderWhenStackHasGrown() {
        try (MarkStack stack = new MarkStack()) {
            final int count = 100_000;
            for (int i = 0; i < count; i++) {
                stack.push(i);
            }
            assertArrayEquals(new long[] {0, 1, 2}, stack.takeOldest(3));
            for (int i = 0; i < count; i++) {
                stack.push(count + i);
            }
            for (int i = 2 * count - 1; i >= 3; i--) {
                assertEquals(i, stack.pop());
            }
            assertTrue(stack.isEmpty());
            stack.push(7);
            stack.reset();
            assertTrue(stack.isEmpty());
        }
    }

    @Test
    void shouldLeaveHalfToTheOwnerWhenOthersTakeFromStack() {
        try (MarkStack stack = new MarkStack()) {
            for (int i = 0; i < 10; i++) {
                stack.push(i);
            }
            assertEquals(5, stack.takeOldest(100).length);
            assertEquals(5, stack.size());
        }
    }

    @Test
    void shouldRunTaskOnAllWorkersAgainAndAgain() {
        try (WorkerTeam team = new WorkerTeam(4)) {
            assertEquals(4, team.start());
            final Set<Thread> threads = ConcurrentHashMap.newKeySet();
            for (int i = 0; i < 1000; i++) {
                final AtomicLong workers = new AtomicLong();
                team.run(worker -> {
                    workers.addAndGet(1L << worker * 8);
                    threads.add(Thread.currentThread());
                });
                assertEquals(0x01010101, workers.get());
            }
            assertEquals(4, threads.size());
            threads.remove(Thread.currentThread());
            threads.forEach(thread -> {
                assertTrue(thread.isDaemon());
                assertTrue(thread.getName().startsWith("segstm-gc-"));
            });
        }
    }

    @Test
    void shouldEndThreadsWhenTeamIsClosed() throws InterruptedException {
        final Set<Thread> threads = ConcurrentHashMap.newKeySet();
        try (WorkerTeam team = new WorkerTeam(2)) {
            team.start();
            team.run(worker -> threads.add(Thread.currentThread()));
        }
        threads.remove(Thread.currentThread());
        for (final Thread thread : threads) {
            thread.join();
        }
        assertEquals(1, threads.size());
    }

    @Test
    void shouldThrowTheCauseWhenOneWorkerFails() {
        try (WorkerTeam team = new WorkerTeam(3)) {
            final MarkWork work = new MarkWork(team.start());
            final IllegalStateException thrown = assertThrows(IllegalStateException.class, () -> team.run(worker -> {
                if (worker == 1) {
                    work.cancel();
                    throw new IllegalStateException("broken");
                }
                work.take(worker);
            }));
            assertEquals("broken", thrown.getMessage());
            team.run(worker -> assertNotEquals(3, worker));
        }
    }

    @Test
    void shouldDoAllWorkOnceWhenItSpreadsFromOneWorker() {
        final int depth = 16;
        try (WorkerTeam team = new WorkerTeam(4)) {
            for (int round = 0; round < 20; round++) {
                final MarkWork work = new MarkWork(team.start());
                final AtomicLong done = new AtomicLong();
                team.run(worker -> {
                    long[] batch = worker == 0 ? new long[] {depth} : work.take(worker);
                    while (batch != null) {
                        for (final long item : batch) {
                            done.incrementAndGet();
                            if (item != 0) {
                                work.offer(worker, new long[] {item - 1, item - 1});
                            }
                        }
                        batch = work.take(worker);
                    }
                });
                assertEquals((1L << depth + 1) - 1, done.get());
                assertFalse(work.hasOffered(0));
            }
        }
    }

    @Test
    void shouldStopWaitingWhenWorkIsCancelled() {
        final MarkWork work = new MarkWork(2);
        work.cancel();
        assertThrows(CancellationException.class, () -> work.take(0));
    }
}

package org.segstm.gc.finalization;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.segstm.gc.HeapMode;
import org.segstm.gc.TestHeap;
import org.segstm.heap.Mutator;
import org.segstm.heap.finalization.FinalizerQueue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

/** Finalizer queues: their triggers, and what transactions take from them. */
@Timeout(120)
class FinalizerQueueTest {
    @ParameterizedTest
    @EnumSource(HeapMode.class)
    void shouldHandOutDeadObjectsWhenTriggered(final HeapMode mode) {
        try (TestHeap t = new TestHeap(mode)) {
            final AtomicInteger triggered = new AtomicInteger();
            final FinalizerQueue queue = t.heap.newFinalizerQueue(triggered::incrementAndGet);
            dieOld(t, queue, 3);
            assertEquals(0, queue.size());
            t.heap.collectMajor();
            t.other.atomicallyDo(x -> { });
            assertEquals(1, triggered.get());
            assertEquals(3, queue.size());
            final Set<Long> seen = new TreeSet<>();
            t.other.atomicallyDo(x -> {
                for (long ref = queue.next(x); ref != 0; ref = queue.next(x)) {
                    seen.add(x.getLong(ref, t.value));
                    assertFalse(x.isInevitable());
                }
            });
            assertEquals(Set.of(0L, 1L, 2L), seen);
            t.heap.collectMajor();
            t.other.atomicallyDo(x -> assertEquals(0, queue.next(x)));
            assertEquals(1, triggered.get());
            assertEquals(0, t.heap.statistics().liveBytes());
        }
    }

    @ParameterizedTest
    @EnumSource(HeapMode.class)
    void shouldHandOutAgainInTheSameOrderWhenTransactionAborts(final HeapMode mode) {
        assumeFalse(mode.isSerial());
        try (TestHeap t = new TestHeap(mode)) {
            final FinalizerQueue queue = t.heap.newFinalizerQueue(() -> { });
            dieOld(t, queue, 4);
            t.heap.collectMajor();
            t.other.begin();
            final List<Long> first = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                first.add(queue.next(t.other));
            }
            t.other.park();
            t.heap.collectMajor();
            t.other.unpark();
            t.other.abort();
            t.other.begin();
            final List<Long> second = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                second.add(queue.next(t.other));
            }
            assertEquals(first, second);
            t.other.commit();
            assertEquals(1, queue.size());
        }
    }

    @ParameterizedTest
    @EnumSource(HeapMode.class)
    void shouldNotShowObjectToTransactionWhoseViewIsOlder(final HeapMode mode) {
        assumeFalse(mode.isSerial());
        try (TestHeap t = new TestHeap(mode)) {
            final FinalizerQueue queue = t.heap.newFinalizerQueue(() -> { });
            final Mutator m = t.mutator;
            m.begin();
            m.push(t.newPair(m, 1, 0));
            m.commit();
            t.other.begin();
            t.other.getLong(m.root(0), t.value);
            t.other.park();
            m.begin();
            m.registerFinalizer(t.newPair(m, 5, 0), queue);
            m.putLong(m.root(0), t.value, 2);
            m.commit();
            assertEquals(1, queue.size());
            t.other.unpark();
            assertEquals(0, queue.next(t.other));
            t.other.commit();
            t.other.atomicallyDo(x -> assertEquals(5, x.getLong(queue.next(x), t.value)));
        }
    }

    @ParameterizedTest
    @EnumSource(HeapMode.class)
    void shouldRefuseWhenQueueIsOfAnotherHeap(final HeapMode mode) {
        try (TestHeap t = new TestHeap(mode); TestHeap stranger = new TestHeap(mode)) {
            final FinalizerQueue queue = stranger.heap.newFinalizerQueue(() -> { });
            t.mutator.begin();
            final long ref = t.newPair(t.mutator, 1, 0);
            assertEquals("the finalizer queue is of another heap", assertThrows(IllegalArgumentException.class,
                () -> t.mutator.registerFinalizer(ref, queue)).getMessage());
            t.mutator.commit();
        }
    }

    @ParameterizedTest
    @EnumSource(HeapMode.class)
    void shouldRefuseAndLoseNothingWhenNoTransactionRuns(final HeapMode mode) {
        try (TestHeap t = new TestHeap(mode)) {
            final FinalizerQueue queue = t.heap.newFinalizerQueue(() -> { });
            dieOld(t, queue, 1);
            t.heap.collectMajor();
            assertThrows(IllegalStateException.class, () -> queue.next(t.mutator));
            assertEquals(1, queue.size());
        }
    }

    @ParameterizedTest
    @EnumSource(HeapMode.class)
    void shouldHandOutEachOnceWhenThreadsDieAndDrainTogether(final HeapMode mode) throws InterruptedException {
        assumeFalse(mode.isSerial());
        final int each = 2000;
        final long seed = new Random().nextLong();
        try (TestHeap t = new TestHeap(mode.context().nurseryBytes(64 << 10))) {
            final FinalizerQueue queue = t.heap.newFinalizerQueue(() -> { });
            final Set<Long> seen = new TreeSet<>();
            final AtomicReference<Throwable> failure = new AtomicReference<>();
            final Mutator[] mutators = {t.mutator, t.other};
            final Thread[] threads = new Thread[2];
            for (int i = 0; i < 2; i++) {
                final int number = i;
                threads[i] = new Thread(() -> {
                    try {
                        work(t, mutators[number], queue, number * each, each, new Random(seed + number), seen);
                    } catch (final Throwable e) {
                        failure.set(e);
                    }
                });
                threads[i].start();
            }
            for (final Thread thread : threads) {
                thread.join();
            }
            assertNull(failure.get(), () -> "seed=" + seed + " " + failure.get());
            t.heap.collectMajor();
            t.mutator.atomicallyDo(m -> drain(t, m, queue, seen));
            assertEquals(2 * each, seen.size(), "seed=" + seed);
            t.heap.collectMajor();
            assertEquals(0, t.heap.statistics().liveBytes());
        }
    }

    private static void work(
        final TestHeap t, final Mutator m, final FinalizerQueue queue, final int start, final int count,
        final Random random, final Set<Long> seen) {
        for (int i = start; i < start + count; i++) {
            final long number = i;
            final int way = random.nextInt(3);
            m.atomicallyDo(x -> {
                final long ref = t.newPair(x, number, 0);
                x.registerFinalizer(ref, queue);
                if (way != 0) {
                    x.push(ref);
                }
                x.safepoint();
            });
            m.truncateRoots(0);
            if (way == 1) {
                final Set<Long> mine = new TreeSet<>();
                m.atomicallyDo(x -> {
                    mine.clear();
                    drain(t, x, queue, mine);
                });
                synchronized (seen) {
                    mine.forEach(one -> assertTrue(seen.add(one), "twice: " + one));
                }
            }
            if (random.nextInt(200) == 0) {
                t.heap.collectMajor();
            }
        }
    }

    private static void drain(final TestHeap t, final Mutator m, final FinalizerQueue queue, final Set<Long> seen) {
        for (long ref = queue.next(m); ref != 0; ref = queue.next(m)) {
            assertTrue(seen.add(m.getLong(ref, t.value)));
        }
    }

    private static void dieOld(final TestHeap t, final FinalizerQueue queue, final int count) {
        final Mutator m = t.mutator;
        m.begin();
        for (int i = 0; i < count; i++) {
            m.push(t.newPair(m, i, 0));
            m.registerFinalizer(m.root(i), queue);
        }
        m.collectNursery();
        m.commit();
        m.truncateRoots(0);
    }
}

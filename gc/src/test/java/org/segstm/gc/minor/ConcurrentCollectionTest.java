package org.segstm.gc.minor;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.segstm.gc.HeapMode;
import org.segstm.gc.TestHeap;
import org.segstm.heap.Mutator;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Several threads promote, publish and discard objects in the same pages at the same time. */
@Timeout(120)
class ConcurrentCollectionTest {
    private static final int THREADS = 4;
    private static final int LISTS = 24;
    private static final int TRANSACTIONS = 1500;

    @ParameterizedTest
    @EnumSource(value = HeapMode.class, names = "SERIAL", mode = EnumSource.Mode.EXCLUDE)
    void shouldLoseNothingWhenThreadsGrowSharedLists(final HeapMode mode) throws Exception {
        final long seed = System.nanoTime();
        final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try (TestHeap t = new TestHeap(mode.context().nurseryBytes(64 << 10).heapBytes(128 << 20))) {
            t.mutator.atomicallyDo(x -> x.push(x.allocate(t.array, LISTS)));
            final long lists = t.mutator.root(0);
            final List<Future<Long>> results = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                final Random random = new Random(seed + i);
                results.add(threads.submit(() -> grow(t, lists, random)));
            }
            long grown = 0;
            for (final Future<Long> result : results) {
                grown += result.get();
            }
            final long expected = grown;
            t.other.atomicallyDo(x -> {
                long found = 0;
                for (int k = 0; k < LISTS; k++) {
                    found += t.checkedLength(x, x.getRefAt(lists, k));
                }
                assertEquals(expected, found, "mode=" + mode + " seed=" + seed);
            });
        } catch (final Throwable e) {
            throw new AssertionError("mode=" + mode + " seed=" + seed, e);
        } finally {
            threads.shutdownNow();
            assertTrue(threads.awaitTermination(60, TimeUnit.SECONDS));
        }
    }

    /** Returns how many pairs it added in transactions that committed. */
    private static long grow(final TestHeap t, final long lists, final Random random) {
        long added = 0;
        try (Mutator m = t.heap.attachMutator(Thread.currentThread().getName())) {
            for (int i = 0; i < TRANSACTIONS; i++) {
                final int k = random.nextInt(LISTS);
                final int count = 1 + random.nextInt(random.nextInt(20) == 0 ? 3000 : 8);
                final boolean giveUp = random.nextInt(8) == 0;
                final int collectAt = random.nextInt(count * 4);
                try {
                    m.atomicallyDo(x -> {
                        for (int n = 0; n < count; n++) {
                            addOne(t, x, lists, k);
                            if (n == collectAt) {
                                x.collectNursery();
                            }
                            x.safepoint();
                        }
                        if (giveUp) {
                            throw new GaveUpException();
                        }
                    });
                    added += count;
                } catch (final GaveUpException e) {
                    assertTrue(giveUp);
                }
            }
        }
        return added;
    }

    private static void addOne(final TestHeap t, final Mutator m, final long lists, final int k) {
        final long head = m.getRefAt(lists, k);
        final long number = head == 0 ? 0 : m.getLong(head, t.value) + 1;
        m.putRefAt(lists, k, t.newPair(m, number, head));
    }

    private static final class GaveUpException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}

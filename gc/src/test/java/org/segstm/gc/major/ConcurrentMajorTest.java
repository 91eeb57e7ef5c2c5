package org.segstm.gc.major;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.segstm.gc.HeapMode;
import org.segstm.gc.TestHeap;
import org.segstm.heap.GlobalRoot;
import org.segstm.heap.HeapContext;
import org.segstm.heap.Mutator;

import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Threads that replace lists in a shared table while another one asks for major collections. */
@Timeout(120)
class ConcurrentMajorTest {
    private static final int SLOTS = 200;
    private static final long RUN_MS = 1500;

    @ParameterizedTest
    @EnumSource(HeapMode.class)
    void shouldKeepAllListsIntactWhenMajorsAreRequestedMeanwhile(final HeapMode mode) throws Exception {
        run(mode, mode.context(), true);
    }

    @ParameterizedTest
    @EnumSource(HeapMode.class)
    void shouldKeepAllListsIntactWhenCollectionsStartByThemselves(final HeapMode mode) throws Exception {
        run(mode, mode.context().minimumMajorBytes(1 << 20).growth(1.2).privateBudgetBytes(256 << 10)
            .unitBytes(16 << 10), false);
    }

    private static void run(final HeapMode mode, final HeapContext context, final boolean request) throws Exception {
        final long seed = System.nanoTime();
        final AtomicReference<Throwable> failure = new AtomicReference<>();
        final AtomicBoolean stop = new AtomicBoolean();
        try (TestHeap t = new TestHeap(context.collectorThreads(2))) {
            final GlobalRoot table = t.heap.newGlobalRoot("table");
            ReachabilityTest.promote(t, m -> m.push(m.allocate(t.array, SLOTS)));
            table.set(t.mutator.root(0));
            final Thread[] threads = new Thread[2];
            for (int i = 0; i < threads.length; i++) {
                final Random random = new Random(seed + i);
                threads[i] = new Thread(() -> {
                    try (Mutator m = t.heap.attachMutator("worker")) {
                        while (!stop.get()) {
                            m.atomicallyDo(x -> work(t, x, table.get(), random));
                        }
                    } catch (final Throwable e) {
                        failure.compareAndSet(null, e);
                        stop.set(true);
                    }
                });
                threads[i].start();
            }
            final long end = System.currentTimeMillis() + RUN_MS;
            while (!stop.get() && System.currentTimeMillis() < end) {
                Thread.sleep(1);
                if (request) {
                    t.heap.collectMajor();
                }
            }
            stop.set(true);
            for (final Thread thread : threads) {
                thread.join();
            }
            if (failure.get() != null) {
                failure.get().printStackTrace();
            }
            assertNull(failure.get(), () -> "mode=" + mode + " seed=" + seed + " " + failure.get());
            assertTrue(t.heap.statistics().majorCollections() > 5, "majors=" + t.heap.statistics().majorCollections());
            t.mutator.begin();
            for (int i = 0; i < SLOTS; i++) {
                t.checkedLength(t.mutator, t.mutator.getRefAt(table.get(), i));
            }
            t.mutator.commit();
        }
    }

    private static void work(final TestHeap t, final Mutator m, final long table, final Random random) {
        final int depth = m.rootDepth();
        final int slot = random.nextInt(SLOTS);
        t.checkedLength(m, m.getRefAt(table, random.nextInt(SLOTS)));
        final int count = random.nextInt(200);
        t.pushList(m, count);
        if (random.nextInt(4) == 0) {
            m.collectNursery();
        }
        if (random.nextInt(20) == 0) {
            m.push(m.allocate(t.array, 5000));
            m.putRefAt(m.root(depth + 1), random.nextInt(5000), m.root(depth));
        }
        m.safepoint();
        m.putRefAt(table, slot, m.root(depth));
        m.safepoint();
        assertEquals(count, t.checkedLength(m, m.getRefAt(table, slot)));
        if (random.nextInt(10) == 0 && !t.heap.context().serial() && !m.isInevitable()) {
            m.becomeInevitable("test");
        }
        m.truncateRoots(depth);
    }
}

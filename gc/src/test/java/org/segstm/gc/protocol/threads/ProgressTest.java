package org.segstm.gc.protocol.threads;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.segstm.heap.Contention;
import org.segstm.heap.GlobalRoot;
import org.segstm.heap.HeapContext;
import org.segstm.heap.Mutator;
import org.segstm.heap.PageSharing;
import org.segstm.heap.SegmentHeap;
import org.segstm.heap.layout.Field;
import org.segstm.heap.layout.FieldType;
import org.segstm.heap.layout.ObjectLayout;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Everybody gets through, and whoever waits sleeps. */
@Tag("slow")
class ProgressTest {
    private static final int OBJECTS = 100_000;
    private static final int LONG_TRANSACTIONS = 3;
    private static final int BOUND = 10;
    private static final int BEFORE_PRECEDENCE = 3;
    private static final int WAITING = 8;
    private static final long WAIT_MS = 2_000;
    private static final double MOST_OF_A_CORE = 0.05;

    private static Thread start(final List<Thread> threads, final Runnable body) {
        final Thread thread = new Thread(body, "worker" + threads.size());
        threads.add(thread);
        thread.start();
        return thread;
    }

    private static void join(final List<Thread> threads) throws InterruptedException {
        for (final Thread thread : threads) {
            thread.join(60_000);
            assertTrue(!thread.isAlive(), () -> thread.getName() + " does not end");
        }
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(PageSharing.class)
    @Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void shouldCommitLongTransactionAfterFewAbortsWhenWritersAreUnthrottled(final PageSharing sharing)
        throws InterruptedException {
        final HeapContext context = new HeapContext().segments(3).pageSharing(sharing).heapBytes(256L << 20);
        try (SegmentHeap heap = SegmentHeap.open(context)) {
            final Objects objects = new Objects(heap, OBJECTS);
            final AtomicBoolean stop = new AtomicBoolean();
            final List<Thread> threads = new ArrayList<>();
            final long[] written = new long[2];
            for (int i = 0; i < written.length; i++) {
                final int index = i;
                start(threads, () -> {
                    try (Mutator writer = heap.attachMutator("writer" + index)) {
                        final Random random = new Random(index);
                        while (!stop.get()) {
                            writer.atomicallyDo(m -> objects.add(m, random.nextInt(OBJECTS), 1));
                            written[index]++;
                        }
                    }
                });
            }
            long worst = 0;
            try (Mutator reader = heap.attachMutator("long")) {
                for (int i = 0; i < LONG_TRANSACTIONS; i++) {
                    final long before = reader.statistics().aborted();
                    reader.atomicallyDo(objects::incrementAll);
                    final long aborts = reader.statistics().aborted() - before;
                    assertTrue(aborts <= BOUND, () -> "aborts=" + aborts);
                    worst = Math.max(worst, aborts);
                }
                stop.set(true);
                join(threads);
                assertEquals((long) LONG_TRANSACTIONS * OBJECTS + written[0] + written[1],
                    reader.atomically(objects::sum));
                if (worst >= BEFORE_PRECEDENCE) {
                    assertTrue(reader.statistics().decisions(Contention.CLAIMED_PRECEDENCE) > 0, "it is counted");
                }
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(PageSharing.class)
    @Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void shouldUseNoCpuWhenThreadsWaitForInevitable(final PageSharing sharing) throws InterruptedException {
        final HeapContext context = new HeapContext().segments(WAITING + 1).pageSharing(sharing).heapBytes(64L << 20);
        final ThreadMXBean threadTimes = ManagementFactory.getThreadMXBean();
        try (SegmentHeap heap = SegmentHeap.open(context); Mutator holder = heap.attachMutator("holder")) {
            final Objects objects = new Objects(heap, WAITING);
            holder.beginInevitable("test");
            for (int i = 0; i < WAITING; i++) {
                objects.add(holder, i, 1);
            }
            final List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < WAITING; i++) {
                final int index = i;
                start(threads, () -> {
                    try (Mutator waiting = heap.attachMutator("waiting" + index)) {
                        waiting.atomicallyDo(m -> {
                            if (index % 2 == 0) {
                                m.becomeInevitable("test");
                            }
                            objects.add(m, index, 1);
                        });
                    }
                });
            }
            holder.park();
            for (final Thread thread : threads) {
                while (thread.getState() != Thread.State.TIMED_WAITING) {
                    Thread.sleep(1);
                }
            }
            Thread.sleep(100);
            final long before = cpuNanos(threadTimes, threads);
            final long start = System.nanoTime();
            Thread.sleep(WAIT_MS);
            final double share = (double) (cpuNanos(threadTimes, threads) - before) / (System.nanoTime() - start);
            holder.unpark();
            holder.commit();
            join(threads);
            assertTrue(share < MOST_OF_A_CORE, () -> "waiting threads used " + share + " of a core");
            assertEquals(2 * WAITING, holder.atomically(objects::sum));
        }
    }

    private static long cpuNanos(final ThreadMXBean threadTimes, final List<Thread> threads) {
        long sum = 0;
        for (final Thread thread : threads) {
            sum += threadTimes.getThreadCpuTime(thread.getId());
        }
        return sum;
    }

    /** Objects with a number each, all known. */
    private static final class Objects {
        private final Field value;
        private final GlobalRoot table;
        private final int number;

        Objects(final SegmentHeap heap, final int number) {
            final ObjectLayout.Builder builder = ObjectLayout.named("object");
            value = builder.field("value", FieldType.INT64);
            final ObjectLayout object = heap.register(builder);
            final ObjectLayout array = heap.register(ObjectLayout.named("array").variableRefs());
            this.number = number;
            table = heap.newGlobalRoot("table");
            try (Mutator mutator = heap.attachMutator("founder")) {
                mutator.atomicallyDo(m -> {
                    m.push(m.allocate(array, number));
                    for (int i = 0; i < number; i++) {
                        m.putRefAt(m.root(0), i, m.allocate(object));
                    }
                });
                table.set(mutator.pop());
            }
        }

        void add(final Mutator m, final int index, final long amount) {
            final long ref = m.getRefAt(table.get(), index);
            m.putLong(ref, value, m.getLong(ref, value) + amount);
        }

        void incrementAll(final Mutator m) {
            for (int i = 0; i < number; i++) {
                add(m, i, 1);
                m.safepoint();
            }
        }

        long sum(final Mutator m) {
            long sum = 0;
            for (int i = 0; i < number; i++) {
                sum += m.getLong(m.getRefAt(table.get(), i), value);
            }
            return sum;
        }
    }
}

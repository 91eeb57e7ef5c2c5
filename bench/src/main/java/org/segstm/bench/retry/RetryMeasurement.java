package org.segstm.bench.retry;

import org.segstm.heap.GlobalRoot;
import org.segstm.heap.Mutator;
import org.segstm.heap.SegmentHeap;
import org.segstm.heap.layout.Field;
import org.segstm.heap.layout.FieldType;
import org.segstm.heap.layout.ObjectLayout;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/** One thread waits for a cell to change, another changes it now and then; a third may commit other things. */
public final class RetryMeasurement implements AutoCloseable {
    private static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final int MIDDLE = 50;
    private static final int MOST = 99;
    private static final int PERCENT = 100;
    private final SegmentHeap heap;
    private final ObjectLayout layout;
    private final Field value;
    private final long awaited;
    private final long other;
    private final AtomicBoolean end = new AtomicBoolean();
    private final long[] latencies;
    private volatile long changedAt;
    private volatile int woken;
    private double share;
    private long attempts;
    private long otherCommits;

    /**
     * Prepares.
     *
     * @param heap  fresh.
     * @param wakes how often to wake.
     */
    public RetryMeasurement(final SegmentHeap heap, final int wakes) {
        this.heap = heap;
        latencies = new long[wakes];
        final ObjectLayout.Builder builder = ObjectLayout.named("cell");
        value = builder.field("value", FieldType.INT64);
        layout = heap.register(builder);
        awaited = newCell();
        other = newCell();
    }

    private long newCell() {
        final GlobalRoot root = heap.newGlobalRoot("cell");
        try (Mutator mutator = heap.attachMutator("setup")) {
            mutator.atomicallyDo(m -> m.push(m.allocate(layout)));
            root.set(mutator.pop());
        }
        return root.get();
    }

    /**
     * Measures.
     *
     * @param busy true when another thread commits changes of something else all the while.
     * @throws InterruptedException when the thread is interrupted.
     */
    public void run(final boolean busy) throws InterruptedException {
        final Thread waiter = new Thread(this::awaitChanges, "waiter");
        final Thread committer = new Thread(this::commitOthers, "committer");
        waiter.start();
        if (busy) {
            committer.start();
        }
        try (Mutator mutator = heap.attachMutator("changer")) {
            for (int i = 1; i <= latencies.length; i++) {
                final long number = i;
                LockSupport.parkNanos(PAUSE_NS);
                changedAt = System.nanoTime();
                mutator.atomicallyDo(m -> m.putLong(awaited, value, number));
                while (woken < i) {
                    LockSupport.parkNanos(PAUSE_NS / PERCENT);
                }
            }
        }
        waiter.join();
        end.set(true);
        committer.join();
        Arrays.sort(latencies);
    }

    private void awaitChanges() {
        final long start = System.nanoTime();
        final long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        try (Mutator mutator = heap.attachMutator("waiter")) {
            for (int i = 1; i <= latencies.length; i++) {
                final long number = i;
                mutator.atomicallyDo(m -> {
                    attempts++;
                    if (m.getLong(awaited, value) != number) {
                        m.retry();
                    }
                });
                latencies[i - 1] = System.nanoTime() - changedAt;
                woken = i;
            }
        }
        share = (double) (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu)
            / (System.nanoTime() - start);
    }

    private void commitOthers() {
        try (Mutator mutator = heap.attachMutator("committer")) {
            while (!end.get()) {
                mutator.atomicallyDo(m -> m.putLong(other, value, m.getLong(other, value) + 1));
                otherCommits++;
            }
        }
    }

    /**
     * Time from before the change until the waiting transaction has committed.
     *
     * @return median in nanoseconds.
     */
    public long medianNanos() {
        return latencies[latencies.length * MIDDLE / PERCENT];
    }

    /**
     * The time that 99 of 100 do not exceed.
     *
     * @return nanoseconds.
     */
    public long mostNanos() {
        return latencies[(latencies.length - 1) * MOST / PERCENT];
    }

    /**
     * Processor time of the waiting thread, all included.
     *
     * @return share of the elapsed time.
     */
    public double processorShare() {
        return share;
    }

    /**
     * How often the waiting transaction ran, for each change.
     *
     * @return about 2.
     */
    public double attemptsPerChange() {
        return (double) attempts / latencies.length;
    }

    /**
     * What the other thread committed.
     *
     * @return number of transactions.
     */
    public long otherCommits() {
        return otherCommits;
    }

    @Override
    public void close() {
        heap.close();
    }
}

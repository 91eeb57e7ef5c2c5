package org.segstm.bench.layout;

import org.segstm.heap.Mutator;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** A busy thread with a mutator of its own. */
final class LayoutThread extends Thread {
    private static final long SEED = 0x9E3779B97F4A7C15L;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final LayoutThreads threads;
    private final LayoutWorkload workload;
    private final long[] cells;
    private final int index;
    private LayoutLoop loop;
    private double operationsPerSecond;
    private double cpuShare;
    private long committed;
    private long aborted;
    private String check = "";
    private volatile Throwable failure;

    LayoutThread(final int index, final LayoutWorkload workload, final long[] cells, final LayoutThreads threads) {
        super("busy thread " + index);
        this.index = index;
        this.workload = workload;
        this.cells = cells;
        this.threads = threads;
    }

    @Override
    public void run() {
        try (Mutator mutator = LayoutHeap.HEAP.attachMutator(getName())) {
            loop = workload.newLoop(mutator, cells, SEED * (index + 1));
            while (threads.awaitRound()) {
                runRound();
                threads.roundEnded();
            }
            check = loop.check();
        } catch (final RuntimeException | Error e) {
            failure = e;
        } finally {
            threads.threadEnded();
        }
    }

    private void runRound() {
        final long committedBefore = loop.committed;
        final long abortedBefore = loop.aborted;
        final long cpuBefore = THREADS.getCurrentThreadCpuTime();
        final long start = System.nanoTime();
        do {
            loop.runBatch();
        } while (!threads.isOver());
        final long nanos = System.nanoTime() - start;
        cpuShare = (THREADS.getCurrentThreadCpuTime() - cpuBefore) / (double) nanos;
        committed = loop.committed - committedBefore;
        aborted = loop.aborted - abortedBefore;
        operationsPerSecond = committed * loop.operationsPerTransaction() * 1e9 / nanos;
    }

    double operationsPerSecond() {
        return operationsPerSecond;
    }

    /** Share of the last round in which the thread had a processor. */
    double cpuShare() {
        return cpuShare;
    }

    /** Transactions committed in the last round. */
    long committed() {
        return committed;
    }

    /** Transactions rolled back in the last round. */
    long aborted() {
        return aborted;
    }

    /** All rounds' increments. */
    long increments() {
        return loop.committed * loop.incrementsPerTransaction();
    }

    /** What the loop found wrong at its end. */
    String check() {
        return check;
    }

    /** What ended the thread early, or null. */
    Throwable failure() {
        return failure;
    }
}

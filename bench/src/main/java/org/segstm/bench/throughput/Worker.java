package org.segstm.bench.throughput;

import com.sun.management.ThreadMXBean;
import org.segstm.heap.Mutator;
import org.segstm.heap.MutatorStatistics;

import java.lang.management.ManagementFactory;
import java.util.concurrent.Phaser;

/** A thread with a mutator of its own that runs rounds of a test, all workers at a time. */
final class Worker extends Thread {
    private static final long SEED = 0x9E3779B97F4A7C15L;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final Round round;
    private final ThroughputTest test;
    private final long[] cells;
    private final int index;
    private final Phaser barrier;
    private TransactionLoop loop;
    private MutatorStatistics statistics;
    private double operationsPerSecond;
    private long committed;
    private long aborted;
    private long javaBytes;
    private double cpuShare;
    private volatile Throwable failure;

    Worker(final int index, final ThroughputTest test, final long[] cells, final Round round,
        final Phaser barrier) {
        super("worker " + index);
        this.index = index;
        this.test = test;
        this.cells = cells;
        this.round = round;
        this.barrier = barrier;
    }

    @Override
    public void run() {
        try (Mutator mutator = BenchHeap.HEAP.attachMutator(getName())) {
            mutator.setLocation(1, 0);
            loop = test.newLoop(mutator, cells, SEED * (index + 1));
            barrier.arriveAndAwaitAdvance();
            while (!round.isLast()) {
                runRound();
                barrier.arriveAndAwaitAdvance();
                barrier.arriveAndAwaitAdvance();
            }
            statistics = mutator.statistics();
        } catch (final RuntimeException | Error e) {
            failure = e;
        } finally {
            barrier.arriveAndDeregister();
        }
    }

    private void runRound() {
        final long committedBefore = loop.committed;
        final long abortedBefore = loop.aborted;
        final long bytesBefore = THREADS.getCurrentThreadAllocatedBytes();
        final long cpuBefore = THREADS.getCurrentThreadCpuTime();
        final long start = System.nanoTime();
        do {
            loop.runBatch();
        } while (!round.isOver());
        final long nanos = System.nanoTime() - start;
        cpuShare = (THREADS.getCurrentThreadCpuTime() - cpuBefore) / (double) nanos;
        javaBytes = THREADS.getCurrentThreadAllocatedBytes() - bytesBefore;
        committed = loop.committed - committedBefore;
        aborted = loop.aborted - abortedBefore;
        operationsPerSecond = committed * loop.operationsPerTransaction() * 1e9 / nanos;
    }

    double operationsPerSecond() {
        return operationsPerSecond;
    }

    /** Transactions committed in the last round. */
    long committed() {
        return committed;
    }

    /** Transactions rolled back in the last round. */
    long aborted() {
        return aborted;
    }

    /** Bytes allocated on the Java heap in the last round. */
    long javaBytes() {
        return javaBytes;
    }

    /** Share of the last round in which the thread had a processor. */
    double cpuShare() {
        return cpuShare;
    }

    /** All rounds' increments. */
    long increments() {
        return loop.committed * loop.incrementsPerTransaction();
    }

    /** What the mutator counted against what the loop counted; the text is empty when they agree. */
    String checkStatistics() {
        final long objects = (loop.committed + loop.aborted) * loop.objectsPerTransaction();
        final boolean countsAgree = statistics.committed() == loop.committed
            && statistics.aborted() == loop.aborted
            && (loop.aborted != 0 || statistics.objectsAllocated() == objects);
        return countsAgree ? "" : getName() + " counted committed=" + loop.committed + " aborted=" + loop.aborted
            + " objects=" + objects + ", its mutator committed=" + statistics.committed() + " aborted="
            + statistics.aborted() + " objects=" + statistics.objectsAllocated();
    }

    /** What ended the worker early, or null. */
    Throwable failure() {
        return failure;
    }
}

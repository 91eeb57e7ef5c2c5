package org.segstm.bench.compare.run;

import com.sun.management.ThreadMXBean;
import org.segstm.bench.compare.peer.Session;
import org.segstm.bench.compare.peer.Store;
import org.segstm.bench.compare.workload.Place;
import org.segstm.bench.compare.workload.Program;
import org.segstm.bench.compare.workload.Round;
import org.segstm.bench.compare.workload.Workload;

import java.lang.management.ManagementFactory;
import java.util.concurrent.Phaser;

/** A thread with a session of its own that runs rounds of a program, all workers at a time. */
final class Worker extends Thread {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final Store store;
    private final Workload workload;
    private final Round round;
    private final int index;
    private final Phaser barrier;
    private Program program;
    private double transactionsPerSecond;
    private long committed;
    private long attempts;
    private long javaBytes;
    private double cpuShare;
    private volatile Throwable failure;

    Worker(final int index, final Store store, final Workload workload, final Round round, final Phaser barrier) {
        super("worker " + index);
        this.index = index;
        this.store = store;
        this.workload = workload;
        this.round = round;
        this.barrier = barrier;
        setDaemon(true);
    }

    @Override
    public void run() {
        try (Session session = store.newSession(getName())) {
            program = workload.newProgram(new Place(session, round, index));
            barrier.arriveAndAwaitAdvance();
            while (!round.isLast()) {
                runRound();
                barrier.arriveAndAwaitAdvance();
                barrier.arriveAndAwaitAdvance();
            }
        } catch (final RuntimeException | Error e) {
            failure = e;
        } finally {
            barrier.arriveAndDeregister();
        }
    }

    private void runRound() {
        final long committedBefore = program.committed();
        final long attemptsBefore = program.attempts();
        final long bytesBefore = THREADS.getCurrentThreadAllocatedBytes();
        final long cpuBefore = THREADS.getCurrentThreadCpuTime();
        final long start = System.nanoTime();
        do {
            program.runBatch();
        } while (!round.isOver());
        final long nanos = System.nanoTime() - start;
        cpuShare = (THREADS.getCurrentThreadCpuTime() - cpuBefore) / (double) nanos;
        javaBytes = THREADS.getCurrentThreadAllocatedBytes() - bytesBefore;
        committed = program.committed() - committedBefore;
        attempts = program.attempts() - attemptsBefore;
        transactionsPerSecond = committed * 1e9 / nanos;
    }

    Program program() {
        return program;
    }

    double transactionsPerSecond() {
        return transactionsPerSecond;
    }

    /** Transactions committed in the last round. */
    long committed() {
        return committed;
    }

    /** Runs of transactions in the last round, whether they committed or not. */
    long attempts() {
        return attempts;
    }

    /** Bytes allocated on the Java heap in the last round. */
    long javaBytes() {
        return javaBytes;
    }

    /** Share of the last round in which the thread had a processor. */
    double cpuShare() {
        return cpuShare;
    }

    /** What ended the worker early, or null. */
    Throwable failure() {
        return failure;
    }
}

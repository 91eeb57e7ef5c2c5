package org.segstm.bench.compare.run;

import org.segstm.bench.compare.peer.Session;
import org.segstm.bench.compare.peer.Store;
import org.segstm.bench.compare.workload.Program;
import org.segstm.bench.compare.workload.Round;
import org.segstm.bench.compare.workload.Workload;
import org.segstm.bench.tool.BenchException;
import org.segstm.bench.tool.ChildResult;
import org.segstm.bench.tool.HandOff;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;

/** One party at one workload in this JVM: its store and its threads, which rest between rounds. */
final class Measurement {
    /** What is wrong in the end, or nothing. */
    static final String FAILED_CHECK = "failedCheck";
    /** Settings of the store, or nothing. */
    static final String SETTINGS = "settings";
    private static final long WARM_UP_ROUND_NS = TimeUnit.MILLISECONDS.toNanos(200);
    /** After a rest, while another JVM was measured, caches are cold and processors slow. */
    private static final long WAKE_UP_NS = TimeUnit.MILLISECONDS.toNanos(20);
    private final Workload workload;
    private final Store store;
    private final Round round = new Round();
    private final Phaser barrier;
    private final List<Worker> workers = new ArrayList<>();
    private final HandOff handOff = new HandOff();

    Measurement(final Workload workload, final Store store, final int threads) {
        this.workload = workload;
        this.store = store;
        this.barrier = new Phaser(threads + 1);
        for (int i = 0; i < threads; i++) {
            workers.add(new Worker(i, store, workload, round, barrier));
        }
        workers.forEach(Thread::start);
    }

    ChildResult warmUp(final long nanos) {
        final long end = System.nanoTime() + nanos;
        do {
            runRound(Math.min(WARM_UP_ROUND_NS, Math.max(0, end - System.nanoTime())));
        } while (System.nanoTime() < end);
        return new ChildResult();
    }

    ChildResult round(final long nanos) {
        runRound(Math.min(WAKE_UP_NS, nanos));
        final double handOffNs = workers.size() > 1 ? handOff.medianNs() : Double.NaN;
        runRound(nanos);
        double rate = 0;
        long committed = 0;
        long attempts = 0;
        double javaBytes = 0;
        double cpuShare = 0;
        for (final Worker worker : workers) {
            rate += worker.transactionsPerSecond();
            committed += worker.committed();
            attempts += worker.attempts();
            javaBytes += worker.javaBytes();
            cpuShare += worker.cpuShare() / workers.size();
        }
        final Worker lead = workers.get(0);
        final boolean hasBeside = workload.hasWriterBeside();
        final double besideRate = hasBeside ? rate - lead.transactionsPerSecond() : 0;
        return new RoundFigures(hasBeside ? lead.transactionsPerSecond() : rate, besideRate, committed, attempts,
            lead.attempts() - lead.committed(), javaBytes / Math.max(1, committed), cpuShare, handOffNs).toResult();
    }

    ChildResult end() {
        round.noMore();
        await();
        for (final Worker worker : workers) {
            try {
                worker.join();
            } catch (final InterruptedException e) {
                throw new BenchException("interrupted");
            }
        }
        final ChildResult result =
            new ChildResult().put(FAILED_CHECK, check()).put(SETTINGS, store.settings());
        handOff.close();
        return result;
    }

    /** What transactions saw, and what their sum has left behind. */
    private String check() {
        final List<String> failures = new ArrayList<>();
        for (final Worker worker : workers) {
            if (!worker.program().failure().isEmpty()) {
                failures.add(worker.program().failure());
            }
        }
        final List<Program> all = workers.stream().map(Worker::program).toList();
        try (Session checking = store.newSession("check")) {
            final String failure = all.get(all.size() - 1).check(checking, all);
            if (!failure.isEmpty()) {
                failures.add(failure);
            }
        }
        return String.join("; ", failures);
    }

    private void runRound(final long nanos) {
        round.start();
        await();
        try {
            TimeUnit.NANOSECONDS.sleep(nanos);
        } catch (final InterruptedException e) {
            throw new BenchException("interrupted");
        } finally {
            round.end();
        }
        await();
    }

    private void await() {
        barrier.arriveAndAwaitAdvance();
        for (final Worker worker : workers) {
            if (worker.failure() != null) {
                throw new IllegalStateException(worker.getName() + " failed", worker.failure());
            }
        }
    }
}

package org.segstm.bench.throughput;

import org.segstm.bench.tool.BenchException;
import org.segstm.bench.tool.Figures;
import org.segstm.bench.tool.HandOff;

import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;

/**
 * Runs one test in this JVM: rounds of warm-up until its time is over, then the rounds that count. With several
 * threads the hand-off time is measured before each round and after the last, while the workers rest.
 */
final class Measurement {
    private final ThroughputRequest request;
    private final Round round = new Round();
    private final Phaser barrier;
    private final Worker[] workers;
    private final long[] cells;

    Measurement(final ThroughputRequest request) {
        this.request = request;
        this.barrier = new Phaser(request.threads() + 1);
        this.cells = BenchHeap.newCells(request.test().cells(), request.test().isMerged());
        this.workers = new Worker[request.threads()];
        for (int i = 0; i < workers.length; i++) {
            workers[i] = new Worker(i, request.test(), cells, round, barrier);
            workers[i].setDaemon(true);
        }
    }

    ThroughputResult run() {
        final double[] rates = new double[request.rounds()];
        final double[] handOffs = new double[request.rounds() + 1];
        double cpuShare = 0;
        long committed = 0;
        long aborted = 0;
        final double[] javaBytes = new double[request.rounds()];
        for (final Worker worker : workers) {
            worker.start();
        }
        try (HandOff handOff = new HandOff()) {
            final long warmUpEnd = System.nanoTime() + request.warmUpNanos();
            do {
                handOffNs(handOff);
                runRound(Math.min(request.roundNanos(), Math.max(0, warmUpEnd - System.nanoTime())));
            } while (System.nanoTime() < warmUpEnd);
            for (int i = 0; i < rates.length; i++) {
                handOffs[i] = handOffNs(handOff);
                runRound(request.roundNanos());
                for (final Worker worker : workers) {
                    rates[i] += worker.operationsPerSecond();
                    committed += worker.committed();
                    aborted += worker.aborted();
                    javaBytes[i] += worker.javaBytes() / (double) Math.max(1, worker.committed());
                    cpuShare += worker.cpuShare() / workers.length / rates.length;
                }
            }
            handOffs[rates.length] = handOffNs(handOff);
        }
        endWorkers();
        return new ThroughputResult(Figures.median(rates), aborted / (double) Math.max(1, committed + aborted),
            Figures.median(handOffs), cpuShare, Figures.median(javaBytes) / workers.length, check(),
            BenchHeap.HEAP.context().toString());
    }

    private double handOffNs(final HandOff handOff) {
        return workers.length > 1 ? handOff.medianNs() : Double.NaN;
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

    private void endWorkers() {
        round.noMore();
        await();
        for (final Worker worker : workers) {
            try {
                worker.join();
            } catch (final InterruptedException e) {
                throw new BenchException("interrupted");
            }
        }
    }

    private void await() {
        barrier.arriveAndAwaitAdvance();
        for (final Worker worker : workers) {
            if (worker.failure() != null) {
                throw new IllegalStateException(worker.getName() + " failed", worker.failure());
            }
        }
    }

    /** What was committed must be there: the text is empty when it is. */
    private String check() {
        final StringBuilder text = new StringBuilder();
        long increments = 0;
        for (final Worker worker : workers) {
            increments += worker.increments();
            append(text, worker.checkStatistics());
        }
        final long sum = BenchHeap.sum(cells);
        if (sum != increments) {
            append(text, "the counters' sum is " + sum + ", the committed increments are " + increments);
        }
        return text.toString();
    }

    private static void append(final StringBuilder text, final String part) {
        text.append(text.isEmpty() || part.isEmpty() ? "" : "; ").append(part);
    }
}

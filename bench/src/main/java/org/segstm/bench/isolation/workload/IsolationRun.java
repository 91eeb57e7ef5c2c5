package org.segstm.bench.isolation.workload;

import org.segstm.bench.isolation.check.HistoryChecker;
import org.segstm.bench.isolation.check.IsolationViolation;
import org.segstm.bench.isolation.history.History;
import org.segstm.bench.isolation.history.OrderClock;
import org.segstm.bench.isolation.history.Outcome;
import org.segstm.gc.verify.HeapVerifier;
import org.segstm.heap.Mutator;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Runs a scenario: threads record a round, then stand still while it is checked and the heap is verified, then record
 * the next one. In each round some of the threads run, down to a single one. At the end of a round a transaction of
 * its own reads every variable.
 */
public final class IsolationRun {
    private static final int OPERATIONS_PER_ROUND = 100_000;
    private static final long ROUND_MS = 400;
    private static final long PATIENCE_MS = 60_000;
    private static final long PATIENCE_AFTER_FAILURE_MS = 2_000;
    private static final long LOOK_MS = 20;
    private static final int OPERATIONS_BETWEEN_SAFEPOINTS = 50;

    private final Scenario scenario;
    private final Universe universe;
    private final HistoryChecker checker;
    private final OrderClock clock = new OrderClock();
    private final List<History> histories = new ArrayList<>();
    private final History inspections;
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final SplittableRandom dice;
    private final Phaser phaser;
    private volatile boolean roundIsOver;
    private volatile boolean runIsOver;
    private volatile int running;

    private IsolationRun(final Scenario scenario) {
        this.scenario = scenario;
        this.universe = new Universe(scenario);
        this.checker = new HistoryChecker(universe.variables());
        this.dice = new SplittableRandom(~scenario.seed());
        for (int i = 0; i < scenario.threads(); i++) {
            histories.add(new History(i, OPERATIONS_PER_ROUND));
        }
        inspections = new History(scenario.threads(), universe.variables());
        histories.add(inspections);
        phaser = new Phaser(1 + scenario.threads());
    }

    /**
     * Runs a scenario and closes its heap. After a failure the heap stays open, as threads may still be using it.
     *
     * @param scenario to run.
     * @param millis   at least; at least one round.
     * @return what was done.
     * @throws IsolationViolation when something is wrong, with the scenario in its message.
     */
    public static RunCounts run(final Scenario scenario, final long millis) {
        try {
            final IsolationRun run = new IsolationRun(scenario);
            run.runRounds(millis);
            final RunCounts counts = new RunCounts();
            counts.add(run.checker.counts(), run.universe.heap().statistics());
            run.universe.heap().close();
            return counts;
        } catch (final RuntimeException | Error e) {
            final IsolationViolation violation = new IsolationViolation(
                (e instanceof IsolationViolation ? e.getMessage() : e.toString()) + "\n  in " + scenario);
            violation.initCause(e);
            throw violation;
        }
    }

    private void runRounds(final long millis) {
        final List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < scenario.threads(); i++) {
            final int index = i;
            final Worker worker = new Worker(universe, scenario, histories.get(i), clock);
            final Thread thread = new Thread(() -> work(worker, index), "isolation worker " + i);
            thread.setDaemon(true);
            threads.add(thread);
        }
        threads.forEach(Thread::start);
        final long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        try {
            int round = 1;
            do {
                runRound(round++);
            } while (System.nanoTime() < deadline);
        } finally {
            runIsOver = true;
            phaser.arriveAndDeregister();
        }
        for (final Thread thread : threads) {
            join(thread);
        }
    }

    private void runRound(final int round) {
        for (final History history : histories) {
            history.startRound(round);
        }
        final long before = clock.begin();
        running = dice.nextInt(3) == 0 ? 1 + dice.nextInt(scenario.threads()) : scenario.threads();
        roundIsOver = false;
        final int start = phaser.arrive();
        awaitPhase(start, PATIENCE_MS);
        awaitPhase(phaser.arrive(), ROUND_MS);
        inspect();
        checker.check(histories, before);
        HeapVerifier.verify(universe.heap());
    }

    /** Lets threads go on for a while, then ends the round and waits for all of them. */
    private void awaitPhase(final int phase, final long millis) {
        final long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        long patience = PATIENCE_MS;
        long waited = 0;
        while (true) {
            try {
                phaser.awaitAdvanceInterruptibly(phase, LOOK_MS, TimeUnit.MILLISECONDS);
                rethrow();
                return;
            } catch (final TimeoutException e) {
                if (failure.get() != null) {
                    patience = Math.min(patience, PATIENCE_AFTER_FAILURE_MS);
                }
                if (System.nanoTime() >= end || failure.get() != null) {
                    roundIsOver = true;
                    waited += LOOK_MS;
                }
                if (waited > patience) {
                    rethrow();
                    throw new IsolationViolation("no progress: some transaction does not end");
                }
            } catch (final InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            }
        }
    }

    private void rethrow() {
        final Throwable thrown = failure.get();
        if (thrown instanceof RuntimeException e) {
            throw e;
        }
        if (thrown instanceof Error e) {
            throw e;
        }
    }

    private void work(final Worker worker, final int index) {
        try {
            while (true) {
                phaser.arriveAndAwaitAdvance();
                if (runIsOver) {
                    worker.detach();
                    return;
                }
                if (index < running) {
                    while (!roundIsOver && worker.hasRoom()) {
                        worker.step();
                    }
                    roundIsOver = true;
                } else {
                    worker.detach();
                }
                phaser.arriveAndAwaitAdvance();
            }
        } catch (final RuntimeException | Error e) {
            failure.compareAndSet(null, e);
            roundIsOver = true;
        } finally {
            phaser.arriveAndDeregister();
        }
    }

    private void inspect() {
        try (Mutator mutator = universe.heap().attachMutator("inspector")) {
            inspections.begin(clock.begin());
            mutator.begin();
            for (int variable = 0; variable < universe.variables(); variable++) {
                final Cells cells = universe.cellsOf(variable);
                inspections.read(variable, cells.read(mutator, variable - cells.firstVariable()));
                if (variable % OPERATIONS_BETWEEN_SAFEPOINTS == 0) {
                    mutator.safepoint();
                }
            }
            mutator.commit();
            inspections.end(Outcome.COMMITTED, clock.end());
        }
    }

    private void join(final Thread thread) {
        try {
            thread.join(PATIENCE_MS);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            throw new IsolationViolation("no progress: " + thread.getName() + " does not end");
        }
    }
}

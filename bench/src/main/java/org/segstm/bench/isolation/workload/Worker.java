package org.segstm.bench.isolation.workload;

import org.segstm.bench.isolation.check.IsolationViolation;
import org.segstm.bench.isolation.history.History;
import org.segstm.bench.isolation.history.OrderClock;
import org.segstm.bench.isolation.history.Outcome;
import org.segstm.heap.Mutator;
import org.segstm.heap.OutOfHeapException;
import org.segstm.heap.TransactionAbortedException;

import java.util.SplittableRandom;

/** One thread's transactions, drawn at random, recorded as they happen. */
final class Worker {
    /** Most operations of an attempt. */
    static final int MOST_OPERATIONS = 1500;
    private static final int PER_MILLE = 1000;
    private static final int PERCENT = 100;
    private static final int SHORT_OPERATIONS = 8;
    private static final int MEDIUM_OPERATIONS = 60;
    private static final int MEDIUM_ONE_IN = 10;
    private static final int INEVITABLE_ONE_IN = 60;
    private static final int LONG_INEVITABLE_ONE_IN = 4;
    private static final int READ_ONLY_ONE_IN = 3;
    private static final int EXPLICIT_ABORT_ONE_IN = 40;
    private static final int GARBAGE_OBJECTS = 8;

    private final Universe universe;
    private final Scenario scenario;
    private final History history;
    private final OrderClock clock;
    private final Disturbance disturbance;
    private final String name;
    private final SplittableRandom dice;
    private Mutator mutator;
    private Stash stash;
    private int attemptsToStamp;
    private boolean inevitable;

    Worker(final Universe universe, final Scenario scenario, final History history, final OrderClock clock) {
        this.universe = universe;
        this.scenario = scenario;
        this.history = history;
        this.clock = clock;
        this.name = "worker " + history.author();
        this.dice = new SplittableRandom(scenario.seed() * PER_MILLE + history.author());
        this.disturbance = new Disturbance(universe.heap(), dice);
    }

    /** Comes with a new mutator, if it has none. */
    void attach() {
        if (mutator == null) {
            mutator = universe.heap().attachMutator(name);
            stash = new Stash(universe.boxes());
            stash.attach(mutator);
        }
    }

    /** Leaves: others may be alone now. */
    void detach() {
        if (mutator != null) {
            mutator.close();
            mutator = null;
        }
    }

    boolean hasRoom() {
        return history.hasRoomFor(MOST_OPERATIONS);
    }

    /** One attempt, and now and then something else after it. */
    void step() {
        attach();
        attempt();
        if (dice.nextInt(scenario.disturbEvery()) == 0 && disturbance.disturb()) {
            detach();
        }
    }

    private void attempt() {
        final boolean isLong = dice.nextInt(PER_MILLE) < scenario.longPerMille();
        final int operations = isLong ? MEDIUM_OPERATIONS + dice.nextInt(MOST_OPERATIONS - MEDIUM_OPERATIONS)
            : 1 + dice.nextInt(dice.nextInt(MEDIUM_ONE_IN) == 0 ? MEDIUM_OPERATIONS : SHORT_OPERATIONS);
        final int writePercent = dice.nextInt(READ_ONLY_ONE_IN) == 0 ? 0 : scenario.writePercent();
        final boolean stamped = --attemptsToStamp < 0;
        if (stamped) {
            attemptsToStamp = dice.nextInt(scenario.stampEvery());
        }
        history.begin(stamped ? clock.begin() : OrderClock.NONE);
        boolean committed = false;
        inevitable = false;
        try {
            if (dice.nextInt(isLong ? LONG_INEVITABLE_ONE_IN : INEVITABLE_ONE_IN) == 0) {
                mutator.beginInevitable("drawn");
                inevitable = true;
            } else {
                mutator.begin();
            }
            for (int i = 0; i < operations && mutator.inTransaction(); i++) {
                operation(writePercent);
                betweenOperations();
            }
            committed = mutator.inTransaction() && end();
        } catch (final TransactionAbortedException e) {
            if (e.mutator() != mutator || mutator.inTransaction()) {
                throw e;
            }
        } catch (final OutOfHeapException e) {
            // Rolled back by the collection that found no room; an allocation leaves that to us.
            if (mutator.inTransaction()) {
                mutator.abort();
            }
        }
        if (inevitable && !committed) {
            throw new IsolationViolation("an inevitable transaction did not commit: " + name);
        }
        history.end(committed ? Outcome.COMMITTED : Outcome.ABORTED, stamped ? clock.end() : OrderClock.NONE);
    }

    private boolean end() {
        if (!mutator.isInevitable() && dice.nextInt(EXPLICIT_ABORT_ONE_IN) == 0) {
            mutator.abort();
            return false;
        }
        return mutator.tryCommit();
    }

    private void operation(final int writePercent) {
        final int variable = universe.drawVariable(dice);
        final Cells cells = universe.cellsOf(variable);
        final int index = variable - cells.firstVariable();
        if (dice.nextInt(PERCENT) < writePercent) {
            final long replaced = cells.readToStore(mutator, index, dice);
            cells.store(mutator, index, history.write(variable, replaced), dice);
        } else {
            history.read(variable, cells.read(mutator, index));
        }
    }

    /** Refs are not kept between operations, but for those on the shadow stack. May end the attempt. */
    private void betweenOperations() {
        switch (dice.nextInt(100)) {
            case 0, 1, 2, 3, 4, 5 -> mutator.safepoint();
            case 6 -> mutator.validate();
            case 7 -> mutator.collectNursery();
            case 8 -> {
                mutator.park();
                Thread.yield();
                mutator.unpark();
            }
            case 9, 10 -> {
                for (int i = dice.nextInt(GARBAGE_OBJECTS); i >= 0; i--) {
                    universe.blobs().newGarbage(mutator, dice);
                }
            }
            case 11, 12 -> stash.keepNew(mutator, dice);
            case 13, 14 -> stash.keep(mutator, dice.nextInt(universe.boxes().count()), dice);
            case 15, 16 -> stash.check(mutator);
            case 17 -> becomeInevitable();
            default -> {
            }
        }
    }

    private void becomeInevitable() {
        if (dice.nextInt(INEVITABLE_ONE_IN) == 0) {
            mutator.becomeInevitable("drawn");
            inevitable = true;
        }
    }
}

package org.segstm.bench.isolation.workload;

import org.segstm.bench.isolation.check.IsolationViolation;
import org.segstm.bench.isolation.history.Version;
import org.segstm.heap.Mutator;
import org.segstm.heap.TransactionState;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Boxes that only a thread's roots keep alive, over transactions, collections and aborts. A box is immutable: whatever
 * happened meanwhile, it still holds what it held.
 */
final class Stash implements TransactionState {
    private static final int SLOTS = 6;
    private final Boxes boxes;
    private final long[] versions = new long[SLOTS];
    private final List<long[]> savedVersions = new ArrayList<>();

    Stash(final Boxes boxes) {
        this.boxes = boxes;
    }

    /** Outside of transactions; the mutator has no roots yet. */
    void attach(final Mutator mutator) {
        for (int i = 0; i < SLOTS; i++) {
            mutator.push(0);
            versions[i] = 0;
        }
        mutator.registerState(this);
    }

    @Override
    public void save(final int level) {
        while (savedVersions.size() <= level) {
            savedVersions.add(new long[SLOTS]);
        }
        System.arraycopy(versions, 0, savedVersions.get(level), 0, SLOTS);
    }

    @Override
    public void restore(final int level) {
        System.arraycopy(savedVersions.get(level), 0, versions, 0, SLOTS);
    }

    /** A box that nobody else will ever see. */
    void keepNew(final Mutator m, final SplittableRandom dice) {
        final int slot = dice.nextInt(SLOTS);
        versions[slot] = dice.nextLong() >>> 3;
        m.setRoot(slot, boxes.newBox(m, versions[slot]));
    }

    /** A box that a transaction has just found at a variable. */
    void keep(final Mutator m, final int index, final SplittableRandom dice) {
        final long value = boxes.valueOf(m, index);
        if ((value & 1) == 0) {
            final int slot = dice.nextInt(SLOTS);
            versions[slot] = boxes.versionOf(m, index, value);
            m.setRoot(slot, value);
        }
    }

    void check(final Mutator m) {
        for (int i = 0; i < SLOTS; i++) {
            final long box = m.root(i);
            final long found = box == 0 ? 0 : boxes.versionOf(m, 0, box);
            if (found != versions[i]) {
                throw new IsolationViolation("a root lost its object: root " + i + " of " + m.name() + " held "
                    + Version.toString(versions[i]) + ", holds " + Version.toString(found));
            }
        }
    }
}

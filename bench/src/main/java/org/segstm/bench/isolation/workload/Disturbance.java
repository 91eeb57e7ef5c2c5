package org.segstm.bench.isolation.workload;

import org.segstm.heap.SegmentHeap;

import java.util.SplittableRandom;

/** What happens to a heap beside transactions. */
final class Disturbance {
    private final SegmentHeap heap;
    private final SplittableRandom dice;

    Disturbance(final SegmentHeap heap, final SplittableRandom dice) {
        this.heap = heap;
        this.dice = dice;
    }

    /**
     * Does something; the caller is in no transaction.
     *
     * @return true when the caller should leave and come back with a new mutator.
     */
    boolean disturb() {
        switch (dice.nextInt(10)) {
            case 0, 1, 2, 3 -> heap.reshare();
            case 4, 5 -> heap.collectMajor();
            case 6, 7 -> heap.detachIdle();
            default -> {
                return true;
            }
        }
        return false;
    }
}

package org.segstm.heap;

import org.segstm.heap.segment.Segment;

/**
 * What tests and the search for bugs add to a mutator's safepoints: collections forced by the stress factor, in turn
 * alone and with all that stops the world, and the verification of what a collection left.
 */
final class MutatorTools {
    private static final int WAYS = 3;
    private static final int RESHARE = 1;
    private static final int MAJOR = 2;
    private final SegmentHeap heap;
    private final MutatorStatistics.Counters counters;
    private final long stressBytes;
    private final boolean verify;
    private long dueAtBytes;
    private int turn;
    private boolean verificationDue;

    MutatorTools(final SegmentHeap heap, final MutatorStatistics.Counters counters) {
        this.heap = heap;
        this.counters = counters;
        this.stressBytes = heap.context().stressBytes();
        this.verify = heap.context().verify();
        this.dueAtBytes = stressBytes == 0 ? Long.MAX_VALUE : stressBytes;
    }

    /** A minor collection is done. */
    void collected() {
        verificationDue = verify;
    }

    /** Has the mutator allocated so much that its next safepoint must collect? */
    boolean isCollectionDue(final Segment own) {
        return counters.bytesAllocated + own.nursery().usedBytes() >= dueAtBytes;
    }

    private boolean isStopDue() {
        return counters.bytesAllocated >= dueAtBytes;
    }

    /** Is there something to do for which the mutator must stand still, or be outside a transaction? */
    boolean mustStandStill() {
        return verificationDue || isStopDue();
    }

    /** At a safepoint, after the minor collection that was due: stands still for the rest. */
    void standStill(final Segment own) {
        heap.world().park(own);
        try {
            run();
        } finally {
            heap.world().unpark(own);
        }
    }

    /** Outside a transaction, or standing still. */
    void run() {
        if (isStopDue()) {
            dueAtBytes = counters.bytesAllocated + stressBytes;
            turn = (turn + 1) % WAYS;
            if (turn == RESHARE) {
                heap.reshare();
            } else if (turn == MAJOR) {
                heap.collectMajor();
            }
        }
        if (verificationDue) {
            verificationDue = false;
            heap.verifyCollected();
        }
    }
}

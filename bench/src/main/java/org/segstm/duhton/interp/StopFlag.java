package org.segstm.duhton.interp;

import org.segstm.heap.SegmentHeap;

/**
 * Says that the run is over because a transaction has failed: the other threads stop at their next safepoint. Compiled
 * code looks at the flag only where its polls are due; therefore they are once it is raised.
 */
public final class StopFlag {
    private final SegmentHeap heap;
    private volatile boolean set;

    /**
     * A flag that is not raised.
     *
     * @param heap of the threads.
     */
    public StopFlag(final SegmentHeap heap) {
        this.heap = heap;
    }

    /**
     * Shall threads stop?
     *
     * @return true once it was raised.
     */
    public boolean isSet() {
        return set;
    }

    /** Raises the flag. */
    public void raise() {
        set = true;
        heap.keepPollsDue();
    }

    /** Lowers the flag, for a further run. */
    public void lower() {
        set = false;
    }
}

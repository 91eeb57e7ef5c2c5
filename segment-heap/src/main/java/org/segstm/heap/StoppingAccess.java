package org.segstm.heap;

import org.segstm.heap.event.Activity;

/** Stopping the others: for patching code, for snapshots, for debuggers. */
public abstract class StoppingAccess extends NestingAccess {
    private int stops;

    StoppingAccess(final SegmentHeap heap, final String name) {
        super(heap, name);
    }

    /**
     * Makes all other mutators stand still until {@link #resumeAllOthers()}: those in transactions at a safepoint,
     * those between transactions when they begin the next one. The calling thread goes on, inside a transaction and out
     * of it; it may begin, commit and collect as usual, but not wait for somebody it has stopped: that is refused with
     * an exception. Two that stop each other take turns. Calls nest. When the thread dies the others go on.
     *
     * <p>Inside a transaction a safepoint: another one that wants to stop all may come first, and what is run then may
     * find this transaction to conflict.
     *
     * @throws TransactionAbortedException when the transaction was rolled back meanwhile; nobody is stopped then.
     * @throws HeapException               when another mutator of this very thread is in a transaction and not parked;
     *                                     nobody is stopped then.
     */
    public final void stopAllOthers() {
        if (inTransaction()) {
            checkRunning();
            switchTo(Activity.WAIT_OTHERS);
            heap.world().park(segment);
            boolean stopped = false;
            try {
                heap.world().stopAll();
                stopped = true;
            } finally {
                heap.world().unpark(segment);
                switchTo(Activity.RUN);
                if (stopped && segment.doom() != null) {
                    heap.world().resumeAll();
                }
            }
            abortIfDoomed();
        } else {
            switchTo(Activity.WAIT_OTHERS);
            try {
                heap.world().stopAll();
            } finally {
                switchTo(Activity.OUTSIDE);
            }
        }
        stops = isStopping() ? stops + 1 : 1;
    }

    /**
     * Lets the others go on, when it was called as often as {@link #stopAllOthers()}.
     *
     * @throws IllegalStateException when the calling thread has not stopped them through this mutator.
     */
    public final void resumeAllOthers() {
        if (!isStopping()) {
            throw new IllegalStateException("resumeAllOthers() follows stopAllOthers() on the same thread: " + name());
        }
        stops--;
        heap.world().resumeAll();
    }

    /**
     * Has the calling thread stopped the others through this mutator?
     *
     * @return true until it has let them go on.
     */
    public final boolean isStopping() {
        return stops != 0 && heap.world().isStoppedByCaller();
    }
}

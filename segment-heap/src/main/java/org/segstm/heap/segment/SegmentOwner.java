package org.segstm.heap.segment;

import org.segstm.heap.Contention;
import org.segstm.heap.event.Activity;

/** Who runs transactions in a segment: a mutator, seen from what manages segments. */
public interface SegmentOwner {
    /**
     * Name for messages.
     *
     * @return the name.
     */
    String name();

    /**
     * The thread that drives the owner now, or drove it last.
     *
     * @return the thread.
     */
    Thread thread();

    /**
     * Since when its transaction is tried again and again.
     *
     * @return time of the first loss, of {@link System#nanoTime()}, 0 when there was none.
     */
    long triedSinceNanos();

    /**
     * Counts a decision about its transaction.
     *
     * @param decision that was made, by its thread or while that one sleeps.
     */
    void decided(Contention decision);

    /**
     * Tells what its thread, which is the caller, is busy with from now on.
     *
     * @param activity that begins.
     * @return what ends by this.
     */
    Activity busyWith(Activity activity);

    /**
     * Commits its detached transaction in its place. The caller has borrowed the segment, which is given back in any
     * case.
     *
     * @param state of the segment before it was borrowed.
     * @return false when that failed; the transaction stays detached.
     */
    boolean finishDetached(long state);
}

package org.segstm.duhton.transaction;

import java.util.ArrayDeque;
import java.util.Collection;

/** Ranges that wait for a thread. The owner takes the newest, which keeps the queue short; others take the oldest. */
final class RangeQueue {
    private final ArrayDeque<CallRange> ranges = new ArrayDeque<>();
    private volatile int size;

    /**
     * Is there nothing?
     *
     * @return true when empty.
     */
    boolean isEmpty() {
        return size == 0;
    }

    int size() {
        return size;
    }

    synchronized void addAll(final Collection<CallRange> added) {
        ranges.addAll(added);
        size = ranges.size();
    }

    /**
     * Takes the newest range.
     *
     * @return the range, null when there is none.
     */
    CallRange takeNewest() {
        return size == 0 ? null : take(true);
    }

    /**
     * Takes the oldest range.
     *
     * @return the range, null when there is none.
     */
    CallRange takeOldest() {
        return size == 0 ? null : take(false);
    }

    private synchronized CallRange take(final boolean newest) {
        final CallRange taken = newest ? ranges.pollLast() : ranges.pollFirst();
        size = ranges.size();
        return taken;
    }
}

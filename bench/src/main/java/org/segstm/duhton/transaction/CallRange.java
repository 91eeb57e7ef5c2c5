package org.segstm.duhton.transaction;

import java.util.concurrent.atomic.AtomicLongFieldUpdater;

/**
 * Calls of a batch that are still to be run. Its owner takes them one by one from the front, while others may split off
 * the rear half: so a call that runs for long never holds up the calls behind it, and taking costs no traffic.
 *
 * <pre>
 *   63                            32 31                             0
 *  +--------------------------------+--------------------------------+
 *  |  index of the first call       |  index after the last call     |
 *  +--------------------------------+--------------------------------+
 * </pre>
 */
final class CallRange {
    /** Returned when no call is left. */
    static final int NONE = -1;
    private static final int FIRST_SHIFT = 32;
    private static final AtomicLongFieldUpdater<CallRange> BOUNDS =
        AtomicLongFieldUpdater.newUpdater(CallRange.class, "bounds");

    private final CallBatch batch;
    private volatile long bounds;

    CallRange(final CallBatch batch, final int first, final int end) {
        this.batch = batch;
        this.bounds = bounds(first, end);
    }

    CallBatch batch() {
        return batch;
    }

    /**
     * Calls left.
     *
     * @return their number.
     */
    int remaining() {
        final long current = bounds;
        return end(current) - first(current);
    }

    /**
     * Takes the first call. Its owner only.
     *
     * @return index of the call in the batch, or {@link #NONE}.
     */
    int take() {
        while (true) {
            final long current = bounds;
            final int first = first(current);
            if (first == end(current)) {
                return NONE;
            }
            if (BOUNDS.compareAndSet(this, current, bounds(first + 1, end(current)))) {
                return first;
            }
        }
    }

    /**
     * Splits off the larger rear half.
     *
     * @return the half, null when no call is left.
     */
    CallRange split() {
        while (true) {
            final long current = bounds;
            final int first = first(current);
            final int end = end(current);
            if (first == end) {
                return null;
            }
            final int middle = first + (end - first) / 2;
            if (BOUNDS.compareAndSet(this, current, bounds(first, middle))) {
                return new CallRange(batch, middle, end);
            }
        }
    }

    private static long bounds(final int first, final int end) {
        return (long) first << FIRST_SHIFT | end;
    }

    private static int first(final long bounds) {
        return (int) (bounds >>> FIRST_SHIFT);
    }

    private static int end(final long bounds) {
        return (int) bounds;
    }
}

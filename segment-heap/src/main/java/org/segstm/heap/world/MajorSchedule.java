package org.segstm.heap.world;

/**
 * When the next major collection comes, from nothing but figures. A collection costs what lives and yields what has
 * died; so the next one comes when live memory has grown by the factor, later after one that found little dead.
 *
 * <ul>
 * <li>What running transactions have made cannot be freed, so it counts only towards the soft limit, which is about
 *     room. What is in use otherwise is called settled.</li>
 * <li>What a transaction leaves behind at its commit has had no time to die: the largest since the last collection
 *     counts as live, so that a program that first builds its data in one transaction is not collected for that.</li>
 * <li>While most of what was added since the collection before lives on, the program builds something: the next
 *     collection waits for up to {@value #MOST_PATIENCE} times as much, but never for more than half of the room below
 *     the soft limit. One that finds as much dead as alive is followed by the next one at the usual time.</li>
 * </ul>
 *
 * <p>Not safe for use by several threads.
 */
final class MajorSchedule {
    /** How much longer to wait while all lives on. */
    static final double MOST_PATIENCE = 3;
    /** Part of what was added that dies in a program to which the factor fits. */
    private static final double USUAL_YIELD = 0.5;
    private static final int LOG_LEAST_ROOM = 6;

    private final long heapBytes;
    private final long softBytes;
    private final double growth;
    private final long minimumBytes;
    private double patience = 1;
    private long settledBytes;
    private long settledLiveBytes;
    private long dueAtSettledBytes;
    private long dueAtUsedBytes;

    MajorSchedule(final long heapBytes, final long softBytes, final double growth, final long minimumBytes) {
        this.heapBytes = heapBytes;
        this.softBytes = softBytes;
        this.growth = growth;
        this.minimumBytes = minimumBytes;
        schedule(0);
    }

    /** Settled memory above which a collection is due. */
    long dueAtSettledBytes() {
        return dueAtSettledBytes;
    }

    /** Memory in use, settled or not, above which a collection is due. */
    long dueAtUsedBytes() {
        return dueAtUsedBytes;
    }

    /** By what the usual growth until the next collection is multiplied. */
    double patience() {
        return patience;
    }

    /** A transaction has committed that had taken so much memory. */
    void committed(final long bytes) {
        dueAtSettledBytes = Math.max(dueAtSettledBytes, settledBytes + (long) (bytes * growth));
    }

    /**
     * A collection is done.
     *
     * @param usedBeforeBytes  in use before it.
     * @param usedBytes        in use after it.
     * @param uncommittedBytes of both, taken by running transactions.
     * @param liveBytes        objects after it, those of running transactions included.
     */
    void collected(
        final long usedBeforeBytes, final long usedBytes, final long uncommittedBytes, final long liveBytes) {
        final long newLiveBytes = Math.max(0, liveBytes - uncommittedBytes);
        final long diedBytes = usedBeforeBytes - uncommittedBytes - newLiveBytes;
        final long addedBytes = usedBeforeBytes - uncommittedBytes - settledLiveBytes;
        final long changedBytes = Math.max(diedBytes, addedBytes);
        final long expectedBytes = Math.min(dueAtSettledBytes, dueAtUsedBytes) - settledLiveBytes;
        if (changedBytes > 0 && changedBytes >= expectedBytes / 2) {
            final double yield = (double) Math.max(0, diedBytes) / changedBytes;
            patience = Math.max(1, Math.min(MOST_PATIENCE, USUAL_YIELD / yield));
        }
        settledBytes = Math.max(0, usedBytes - uncommittedBytes);
        settledLiveBytes = newLiveBytes;
        schedule(usedBytes);
    }

    /** Where the soft limit is passed already, the next one comes when half of the room that is left is used up. */
    private void schedule(final long usedBytes) {
        if (usedBytes < softBytes) {
            final double usual = settledLiveBytes * (growth - 1);
            final double room = (softBytes - usedBytes) / 2.0;
            final double allowance = Math.max(usual, Math.min(usual * patience, room));
            dueAtSettledBytes = Math.max(minimumBytes, settledBytes + (long) allowance);
            dueAtUsedBytes = softBytes;
        } else {
            dueAtSettledBytes = Long.MAX_VALUE;
            dueAtUsedBytes = usedBytes + Math.max((heapBytes - usedBytes) / 2, heapBytes >>> LOG_LEAST_ROOM);
        }
    }
}

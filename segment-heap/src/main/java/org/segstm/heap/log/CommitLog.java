package org.segstm.heap.log;

import org.segstm.bridge.Memory;
import org.segstm.heap.segment.ControlPage;
import org.segstm.heap.segment.Segment;
import org.segstm.heap.segment.SegmentMap;

/**
 * The chain of log entries, and which segments follow it. A segment is attached while its view moves along the chain;
 * what every attached view has passed can be reused. The chain starts anew from the anchor at each reshare, when all
 * views equal the base.
 *
 * <p>Who attaches does so while all others stand still; a segment is detached by who holds its run state. So for a
 * running transaction "am I alone?" can only turn from no to yes.
 */
public final class CommitLog {
    private final long anchorMemory;
    private final long anchor;
    private final long[] viewRevisionAddresses;
    private Pressure pressure;
    private volatile long attached;
    private volatile Segment priority;
    private long restarts;

    /**
     * Makes an empty log.
     *
     * @param reservationAddress of segment 0.
     * @param map                of a segment.
     * @param segments           number of segments.
     */
    public CommitLog(final long reservationAddress, final SegmentMap map, final int segments) {
        anchorMemory = Memory.allocate(2L * LogEntry.BYTES_IN_LINE);
        anchor = anchorMemory + LogEntry.BYTES_IN_LINE - 1 & -LogEntry.BYTES_IN_LINE;
        viewRevisionAddresses = new long[segments];
        for (int i = 0; i < segments; i++) {
            viewRevisionAddresses[i] = reservationAddress + (i + 1) * map.segmentBytes()
                + SegmentMap.controlOffset() + ControlPage.VIEW_REVISION_OFFSET;
        }
        restart(0, false);
    }

    /**
     * Set once: what to do when a segment has used up its log memory.
     *
     * @param handler of the condition.
     */
    public void pressure(final Pressure handler) {
        pressure = handler;
    }

    /**
     * Starts the chain anew. All views equal the base; nobody moves.
     *
     * @param revision of the views.
     * @param closed   true when an inevitable transaction is running.
     */
    public void restart(final long revision, final boolean closed) {
        restarts++;
        Memory.putLong(anchor + LogEntry.REVISION_OFFSET, revision);
        Memory.putLong(anchor + LogEntry.RECORD_BYTES_OFFSET, 0);
        Memory.putLongVolatile(anchor + LogEntry.NEXT_OFFSET, closed ? LogEntry.CLOSED : 0);
    }

    /**
     * How often the chain was started anew. An entry that was built before cannot be appended afterwards: other units
     * are private now.
     *
     * @return the number; it changes only while all stand still.
     */
    public long restarts() {
        return restarts;
    }

    /**
     * The entry that the chain starts from.
     *
     * @return address.
     */
    public long anchor() {
        return anchor;
    }

    /**
     * Attached segments.
     *
     * @return a bit per segment.
     */
    public long attached() {
        return attached;
    }

    /**
     * Does a segment follow the log alone? Then there is nobody to publish to.
     *
     * @param segment that asks.
     * @return true when it is the only attached one.
     */
    public boolean isAlone(final Segment segment) {
        return attached == segment.bit();
    }

    /**
     * Is a segment attached?
     *
     * @param segment of this heap.
     * @return true when it is.
     */
    public boolean isAttached(final Segment segment) {
        return (attached & segment.bit()) != 0;
    }

    /**
     * Adds a segment; all others stand still.
     *
     * @param segment whose view is current.
     */
    public synchronized void attach(final Segment segment) {
        attached |= segment.bit();
    }

    /**
     * Removes a segment unless it is the last: then its private pages are the only copy of what it committed.
     *
     * @param segment whose run state the caller holds.
     * @return true when it was removed.
     */
    public synchronized boolean detach(final Segment segment) {
        if (attached == segment.bit()) {
            return false;
        }
        attached &= ~segment.bit();
        return true;
    }

    /**
     * Revision that all attached views have reached. Entries strictly before it are not looked at any more.
     *
     * @return the smallest view revision.
     */
    public long minimumRevision() {
        long minimum = Long.MAX_VALUE;
        for (long bits = attached; bits != 0; bits &= bits - 1) {
            minimum = Math.min(minimum, viewRevision(Long.numberOfTrailingZeros(bits) + 1));
        }
        return minimum;
    }

    /**
     * View revision of a segment.
     *
     * @param segment index from 1.
     * @return log position up to which its view is current.
     */
    public long viewRevision(final int segment) {
        return Memory.getLongAcquire(viewRevisionAddresses[segment - 1]);
    }

    /**
     * The newest revision that any view has reached.
     *
     * @return revision of a committed update, or of the begin.
     */
    public long newestRevision() {
        long newest = 0;
        for (int i = 1; i <= viewRevisionAddresses.length; i++) {
            newest = Math.max(newest, viewRevision(i));
        }
        return newest;
    }

    /**
     * Publishes a segment's view revision.
     *
     * @param segment  index from 1.
     * @param revision that its view has reached.
     */
    public void publishViewRevision(final int segment, final long revision) {
        Memory.putLongRelease(viewRevisionAddresses[segment - 1], revision);
    }

    /**
     * The committer that has lost many races and goes first now, or null.
     *
     * @return its segment.
     */
    public Segment priority() {
        return priority;
    }

    /**
     * Asks others to hold back. Advisory: nobody waits for long.
     *
     * @param segment of the committer.
     */
    public void claimPriority(final Segment segment) {
        if (priority == null) {
            priority = segment;
        }
    }

    /**
     * Ends holding back.
     *
     * @param segment of the committer that claimed it.
     */
    public void releasePriority(final Segment segment) {
        if (priority == segment) {
            priority = null;
        }
    }

    /** Frees the anchor. */
    public void close() {
        Memory.free(anchorMemory);
    }

    void relievePressure() {
        if (pressure != null) {
            pressure.relieve();
        }
    }

    /** What happens when a segment has used up its log memory. */
    public interface Pressure {
        /** Detaches idle segments that hold the log back, asks running ones to validate. Must not wait. */
        void relieve();
    }
}

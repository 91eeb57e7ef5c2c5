package org.segstm.heap.segment;

import org.segstm.bridge.Memory;
import org.segstm.heap.HeapContext;
import org.segstm.heap.layout.ObjectHeader;

import java.util.BitSet;

/**
 * Slow paths of a segment's nursery: zeroing ahead, the limit that doubles as the signal word, and where allocation
 * goes on after an evacuation. Zeroing happens in small steps right before use, while the cache is being filled anyhow;
 * a nursery that is emptied early starts again at its beginning, so that small transactions stay inside the cache.
 */
public final class Nursery {
    private static final long ZERO_STEP_BYTES = 16 << 10;
    private static final long RECYCLE_BYTES = 64 << 10;
    private static final int LOG_RECYCLE_SHARE = 2;
    private static final int LOG_HEADROOM_SHARE = 3;
    private static final long SIGNAL = 0;

    private final long base;
    private final long positionAddress;
    private final long limitAddress;
    private final long requestsAddress;
    private final long start;
    private final long end;
    private final long softEnd;
    private final long recycleFrom;
    private final long stepBytes;
    private final BitSet objectStarts = HeapContext.isChecked() ? new BitSet() : null;
    private long zeroedTo;
    private long evacuatedTo;
    private long evacuatedBytes;

    Nursery(final long base, final SegmentMap map, final long stressBytes) {
        final long control = base + SegmentMap.controlOffset();
        this.base = base;
        this.positionAddress = control + ControlPage.NURSERY_POSITION_OFFSET;
        this.limitAddress = control + ControlPage.NURSERY_LIMIT_OFFSET;
        this.requestsAddress = control + ControlPage.REQUESTS_OFFSET;
        this.start = map.nurseryStart();
        this.end = map.nurseryEnd();
        this.softEnd = end - (end - start >>> LOG_HEADROOM_SHARE);
        this.recycleFrom = start + Math.min(RECYCLE_BYTES, end - start >>> LOG_RECYCLE_SHARE);
        this.stepBytes = stressBytes == 0 ? ZERO_STEP_BYTES
            : Math.min(ZERO_STEP_BYTES, ObjectHeader.alignToGranule(stressBytes));
        this.zeroedTo = start;
        this.evacuatedTo = start;
        Memory.putLong(positionAddress, start);
        Memory.putLong(limitAddress, start);
    }

    /**
     * Room for an object after the fast path failed. Near the end the limit becomes the signal: polls see a limit only
     * when the last object ends there, and collecting too late costs more than some slow allocations.
     *
     * @param bytes size of the object, a multiple of the granule.
     * @return its ref, its memory zeroed, or 0 when it has to go outside the nursery.
     */
    public long allocateSlowPath(final long bytes) {
        final long ref = Memory.getLong(positionAddress);
        if (bytes > end - ref) {
            signalIfNearlyFull();
            return 0;
        }
        zeroUpTo(ref + bytes);
        Memory.putLong(positionAddress, ref + bytes);
        signalIfNearlyFull();
        return ref;
    }

    private void signalIfNearlyFull() {
        if (isNearlyFull()) {
            signal();
        }
    }

    /** Opens the next zeroed step when the current one is used up, so that polls take their fast path again. */
    public void refreshLimit() {
        final long position = Memory.getLong(positionAddress);
        if (position < end) {
            zeroUpTo(position + 1);
        }
    }

    /**
     * Is it time for a minor collection at this safepoint?
     *
     * @return true when the nursery is nearly full.
     */
    public boolean isNearlyFull() {
        return Memory.getLong(positionAddress) >= softEnd;
    }

    /**
     * Are there objects?
     *
     * @return true when nothing was allocated since the last evacuation.
     */
    public boolean isEmpty() {
        return Memory.getLong(positionAddress) == evacuatedTo;
    }

    /**
     * Bytes of objects allocated since the last evacuation, alive or not.
     *
     * @return bytes.
     */
    public long usedBytes() {
        return Memory.getLong(positionAddress) - evacuatedTo;
    }

    /**
     * Bytes allocated here since the segment was made.
     *
     * @return bytes.
     */
    public long allocatedBytes() {
        return evacuatedBytes + usedBytes();
    }

    /**
     * First ref that a young object can have now.
     *
     * @return ref.
     */
    public long youngStart() {
        return evacuatedTo;
    }

    /**
     * Checked mode only: an object starts here.
     *
     * @param ref of the object.
     */
    public void noteObject(final long ref) {
        objectStarts.set(granuleIndex(ref));
    }

    /**
     * Checked mode only: does a young object start here?
     *
     * @param ref in the nursery, aligned.
     * @return true when it does and has not moved.
     */
    public boolean isObject(final long ref) {
        return objectStarts.get(granuleIndex(ref));
    }

    private int granuleIndex(final long ref) {
        return (int) (ref - start >>> ObjectHeader.LOG_BYTES_IN_GRANULE);
    }

    /** Forgets all objects: they were evacuated or thrown away. */
    public void reset() {
        if (objectStarts != null) {
            objectStarts.clear();
        }
        final long position = Memory.getLong(positionAddress);
        evacuatedBytes += position - evacuatedTo;
        if (position > recycleFrom) {
            Memory.putLong(positionAddress, start);
            zeroedTo = start;
            evacuatedTo = start;
            publishLimit(start);
        } else {
            evacuatedTo = position;
        }
    }

    /** Makes the mutator's next poll and allocation take their slow path. Any thread, after it set a request bit. */
    public void signal() {
        Memory.putLongVolatile(limitAddress, SIGNAL);
    }

    /** Takes the signal back; it stays while a request bit is set. */
    public void acknowledge() {
        publishLimit(zeroedTo);
    }

    private void zeroUpTo(final long needed) {
        if (needed > zeroedTo) {
            final long to = Math.min(end, Math.max(needed, zeroedTo + stepBytes));
            final long aligned = to + Long.BYTES - 1 & -Long.BYTES;
            Memory.clear(base + zeroedTo, aligned - zeroedTo);
            zeroedTo = aligned;
        }
        publishLimit(zeroedTo);
    }

    /** The fence orders the store before the look at the request bits: a signal stored before ours is not lost. */
    private void publishLimit(final long limit) {
        Memory.putLong(limitAddress, limit);
        Memory.fullFence();
        if (Memory.getLongVolatile(requestsAddress) != 0) {
            Memory.putLong(limitAddress, SIGNAL);
        }
    }
}

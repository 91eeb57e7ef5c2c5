package org.segstm.heap.spi;

/** What a major collection found and did. */
public final class MajorResult {
    private final long liveBytes;
    private final long liveObjects;
    private final long returnedBytes;
    private final long markNanos;
    private final long hooksNanos;
    private final long sweepNanos;
    private final long returnNanos;

    /**
     * Makes a result.
     *
     * @param liveBytes     memory of the objects that live on: their slots, or pages.
     * @param liveObjects   number of these objects.
     * @param returnedBytes memory given back to the system.
     * @param markNanos     duration of marking.
     * @param hooksNanos    duration of what runs between marking and sweeping.
     * @param sweepNanos    duration of sweeping.
     * @param returnNanos   duration of giving memory back.
     */
    public MajorResult(
        final long liveBytes, final long liveObjects, final long returnedBytes, final long markNanos,
        final long hooksNanos, final long sweepNanos, final long returnNanos) {
        this.liveBytes = liveBytes;
        this.liveObjects = liveObjects;
        this.returnedBytes = returnedBytes;
        this.markNanos = markNanos;
        this.hooksNanos = hooksNanos;
        this.sweepNanos = sweepNanos;
        this.returnNanos = returnNanos;
    }

    /**
     * Memory of the objects that live on: their slots, or pages. Young ones in nurseries do not count.
     *
     * @return bytes.
     */
    public long liveBytes() {
        return liveBytes;
    }

    /**
     * Objects that live on, young ones in nurseries not counted.
     *
     * @return the number.
     */
    public long liveObjects() {
        return liveObjects;
    }

    /**
     * Memory given back to the system.
     *
     * @return bytes.
     */
    public long returnedBytes() {
        return returnedBytes;
    }

    /**
     * Duration of marking.
     *
     * @return nanoseconds.
     */
    public long markNanos() {
        return markNanos;
    }

    /**
     * Duration of what runs between marking and sweeping.
     *
     * @return nanoseconds.
     */
    public long hooksNanos() {
        return hooksNanos;
    }

    /**
     * Duration of sweeping.
     *
     * @return nanoseconds.
     */
    public long sweepNanos() {
        return sweepNanos;
    }

    /**
     * Duration of giving memory back.
     *
     * @return nanoseconds.
     */
    public long returnNanos() {
        return returnNanos;
    }
}

package org.segstm.jit.compile;

/**
 * How fast a program is after its start: counts units of work per slot of time, and tells when half of the highest
 * speed was reached first. For one thread; add up the curves of several.
 */
public final class WarmupCurve {
    private final long slotNanos;
    private final long[] done;

    /**
     * Makes an empty curve.
     *
     * @param slotNanos length of a slot.
     * @param slots     number of slots; what comes later is not counted.
     */
    public WarmupCurve(final long slotNanos, final int slots) {
        if (slotNanos < 1 || slots < 1) {
            throw new IllegalArgumentException("a curve has slots: slotNanos=" + slotNanos + " slots=" + slots);
        }
        this.slotNanos = slotNanos;
        this.done = new long[slots];
    }

    /**
     * Some work is done.
     *
     * @param sinceStartNanos when.
     * @param work            how much.
     */
    public void record(final long sinceStartNanos, final long work) {
        final long slot = sinceStartNanos / slotNanos;
        if (slot < done.length) {
            done[(int) slot] += work;
        }
    }

    /**
     * Adds what another thread has done.
     *
     * @param other with slots of the same length and number.
     */
    public void add(final WarmupCurve other) {
        if (other.slotNanos != slotNanos || other.done.length != done.length) {
            throw new IllegalArgumentException("curves differ in their slots: " + other.slotNanos + " " + slotNanos);
        }
        for (int i = 0; i < done.length; i++) {
            done[i] += other.done[i];
        }
    }

    /**
     * Work in a slot.
     *
     * @param slot its number.
     * @return how much was done.
     */
    public long workIn(final int slot) {
        return done[slot];
    }

    /**
     * Most work done in a slot.
     *
     * @return how much.
     */
    public long peak() {
        long peak = 0;
        for (final long work : done) {
            peak = Math.max(peak, work);
        }
        return peak;
    }

    /**
     * When the end of the first slot was that had half of the peak.
     *
     * @return nanoseconds since the start, 0 when nothing was done.
     */
    public long nanosToHalfOfPeak() {
        final long peak = peak();
        for (int i = 0; i < done.length && peak > 0; i++) {
            if (done[i] * 2 >= peak) {
                return (i + 1) * slotNanos;
            }
        }
        return 0;
    }
}

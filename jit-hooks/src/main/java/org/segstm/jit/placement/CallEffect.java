package org.segstm.jit.placement;

/** What a call may do to what is known about objects. When in doubt: {@link #ANYTHING}. */
public enum CallEffect {
    /** No safepoint inside. It may read, write and allocate. */
    NONE(false, false, false),
    /** May reach safepoints, where objects move and are stored into only behind another write barrier. */
    COLLECTS(true, false, false),
    /** May end the transaction and begin another. */
    BREAKS(true, true, false),
    /** Has an effect that cannot be undone; no safepoint inside. */
    OUTSIDE(false, false, true),
    /** Has an effect that cannot be undone, and may reach safepoints. */
    OUTSIDE_COLLECTS(true, false, true),
    /** All of these. */
    ANYTHING(true, true, true);

    private final boolean collects;
    private final boolean breaks;
    private final boolean outside;

    CallEffect(final boolean collects, final boolean breaks, final boolean outside) {
        this.collects = collects;
        this.breaks = breaks;
        this.outside = outside;
    }

    /**
     * May a minor collection happen?
     *
     * @return true when what was known of write barriers ends.
     */
    public boolean collects() {
        return collects;
    }

    /**
     * May the transaction end?
     *
     * @return true when everything known ends.
     */
    public boolean breaks() {
        return breaks;
    }

    /**
     * Has it to be done by an inevitable transaction?
     *
     * @return true when it cannot be undone.
     */
    public boolean needsInevitable() {
        return outside;
    }
}

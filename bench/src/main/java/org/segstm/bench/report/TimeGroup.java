package org.segstm.bench.report;

/** Groups of activities, as charts show them. */
public enum TimeGroup {
    /** Running transactions that commit. */
    COMMITTED("run, committed"),
    /** Running transactions that are rolled back. */
    ABORTED("run, aborted"),
    /** Waiting for others. */
    WAIT("wait"),
    /** Begin, commit and rollback. */
    BOOKKEEPING("bookkeeping"),
    /** Collections, and waiting for them. */
    GC("GC"),
    /** Parked in a transaction, or away from it. */
    PARKED("parked"),
    /** Outside of transactions. */
    OUTSIDE("outside transactions");

    private final String title;

    TimeGroup(final String title) {
        this.title = title;
    }

    /**
     * How reports call it.
     *
     * @return a few words.
     */
    public String title() {
        return title;
    }

    /**
     * The group of an activity of which only the title is known.
     *
     * @param activity title in the header of a log.
     * @return the group; {@link #COMMITTED} for running, whatever becomes of it.
     */
    static TimeGroup of(final String activity) {
        if (activity.equals("run")) {
            return COMMITTED;
        }
        if (activity.startsWith("outside")) {
            return OUTSIDE;
        }
        if (activity.startsWith("parked") || activity.startsWith("detached")) {
            return PARKED;
        }
        if (activity.contains("GC")) {
            return GC;
        }
        return activity.startsWith("wait") || activity.startsWith("back off") ? WAIT : BOOKKEEPING;
    }
}

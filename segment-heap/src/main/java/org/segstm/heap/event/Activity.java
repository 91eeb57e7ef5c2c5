package org.segstm.heap.event;

/** What a mutator is busy with: at any time exactly one of these, so that their times add up to the elapsed time. */
public enum Activity {
    /** Outside of transactions. */
    OUTSIDE("outside transactions"),
    /** Running a transaction; the outcome decides what the time counts as. */
    RUN("run"),
    /** Beginning: taking in what others have committed. */
    BEGIN("begin"),
    /** Committing, minor collection excluded. */
    COMMIT("commit"),
    /** Rolling back. */
    ROLLBACK("roll back"),
    /** Pausing between two attempts. */
    BACK_OFF("back off"),
    /** Minor collection. */
    MINOR_GC("minor GC"),
    /** Waiting for a free segment. */
    WAIT_SEGMENT("wait: segment"),
    /** Waiting at commit, as another transaction is inevitable. */
    WAIT_COMMIT("wait: commit beside inevitable"),
    /** Waiting to become inevitable, as another transaction is. */
    WAIT_INEVITABLE("wait: inevitable"),
    /** Holding a commit back for an older transaction. */
    WAIT_PRECEDENCE("wait: precedence"),
    /** Standing still because another asked for it. */
    WAIT_STOPPED("wait: stopped"),
    /** Making the others stand still. */
    WAIT_OTHERS("wait: others to stop"),
    /** Running or awaiting a reshare or a major collection. */
    WAIT_COLLECTION("wait: reshare, major GC"),
    /** Asleep until something changes that was read. */
    WAIT_CHANGE("wait: change (retry)"),
    /** Parked by the VM. */
    PARKED("parked"),
    /** Away from an inevitable transaction that anybody may end. */
    DETACHED("detached");

    private final String title;

    Activity(final String title) {
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
}

package org.segstm.duhton.interp;

/** Says that the run is over because a transaction has failed: the other threads stop at their next safepoint. */
public final class StopFlag {
    private volatile boolean set;

    /**
     * Shall threads stop?
     *
     * @return true once it was raised.
     */
    public boolean isSet() {
        return set;
    }

    /** Raises the flag. */
    public void raise() {
        set = true;
    }

    /** Lowers the flag, for a further run. */
    public void lower() {
        set = false;
    }
}

package org.segstm.heap.segment;

/**
 * Values of the run state word of a control page: one state and any of the request bits.
 *
 * <pre>
 *  bits 0..1  state: IDLE (no transaction), PARKED (in a transaction, but standing still), RUNNING
 *  bit  2     STOP: leave RUNNING at the next safepoint and do not enter it until the bit is gone
 *  bit  3     VALIDATE: import what others committed at the next safepoint, the log is waiting for it
 * </pre>
 */
public final class RunState {
    /** No transaction; the segment may be taken over or detached. */
    public static final long IDLE = 0;
    /** In a transaction, standing at a safepoint. */
    public static final long PARKED = 1;
    /** A mutator executes in the segment. */
    public static final long RUNNING = 2;
    /** Mask of the state. */
    public static final long STATE_MASK = 3;
    /** Request: stand still. */
    public static final long STOP = 1 << 2;
    /** Request: validate. */
    public static final long VALIDATE = 1 << 3;

    private RunState() {
    }

    /**
     * State without request bits.
     *
     * @param word of the control page.
     * @return one of the states.
     */
    public static long state(final long word) {
        return word & STATE_MASK;
    }
}

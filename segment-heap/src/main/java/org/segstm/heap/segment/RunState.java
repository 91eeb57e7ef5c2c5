package org.segstm.heap.segment;

/**
 * Values of the run state word and of the request word of a control page.
 *
 * <pre>
 *  run state: IDLE (no transaction), PARKED (in a transaction, but standing still), RUNNING
 *
 *  requests:  bit 0  STOP: leave RUNNING at the next safepoint and do not enter it until the bit is gone
 *             bit 1  VALIDATE: import what others committed at the next safepoint, the log is waiting for it
 * </pre>
 */
public final class RunState {
    /** No transaction; the segment may be taken over or detached. */
    public static final long IDLE = 0;
    /** In a transaction, standing at a safepoint. */
    public static final long PARKED = 1;
    /** A mutator executes in the segment. */
    public static final long RUNNING = 2;
    /** Request: stand still. */
    public static final long STOP = 1;
    /** Request: validate. */
    public static final long VALIDATE = 1 << 1;

    private RunState() {
    }
}

package org.segstm.heap.segment;

/**
 * Values of the run state word and of the request word of a control page.
 *
 * <pre>
 *  run state: IDLE (no transaction), PARKED (in a transaction, but standing still), RUNNING,
 *             BORROWED (standing still, and another thread does something in its place),
 *             DETACHED + mutator's number: standing still, and anybody may end the transaction
 *
 *  requests:  bit 0  STOP: leave RUNNING at the next safepoint and do not enter it until the bit is gone
 *             bit 1  VALIDATE: import what others committed at the next safepoint, the log is waiting for it
 *             bit 2  ADMIT: look at who waits to commit, at the next safepoint
 *             bit 3  COMMIT_SOON: somebody waits for the end of the transaction
 *             bit 4  KEEP_DUE: polls are due until the transaction ends, the VM has something to tell its thread
 * </pre>
 *
 * <p>The number in the detached state tells the owner that nobody has ended its transaction and begun another one.
 */
public final class RunState {
    /** No transaction; the segment may be taken over or detached. */
    public static final long IDLE = 0;
    /** In a transaction, standing at a safepoint. */
    public static final long PARKED = 1;
    /** A mutator executes in the segment. */
    public static final long RUNNING = 2;
    /** A thread other than the mutator's works in the segment, for a moment. */
    public static final long BORROWED = 3;
    /** Request: stand still. */
    public static final long STOP = 1;
    /** Request: validate. */
    public static final long VALIDATE = 1 << 1;
    /** Request: admit committers. */
    public static final long ADMIT = 1 << 2;
    /** Request: commit soon. */
    public static final long COMMIT_SOON = 1 << 3;
    /** Request: take the slow path of polls until the transaction ends. */
    public static final long KEEP_DUE = 1 << 4;
    /** Requests that no safepoint fulfils. */
    public static final long LASTING = STOP | KEEP_DUE;

    private static final int NUMBER_SHIFT = 3;
    private static final long DETACHED = 1 << 2;

    private RunState() {
    }

    /**
     * The state of a detached transaction.
     *
     * @param mutator number that no other mutator has.
     * @return value of the run state word.
     */
    public static long detached(final long mutator) {
        return mutator << NUMBER_SHIFT | DETACHED;
    }

    /**
     * Is a transaction detached?
     *
     * @param state run state.
     * @return true when anybody may end it.
     */
    public static boolean isDetached(final long state) {
        return (state & DETACHED) != 0;
    }
}

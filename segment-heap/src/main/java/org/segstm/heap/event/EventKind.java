package org.segstm.heap.event;

/** Kinds of event in a mutator's stream. A file names them with the number of their arguments: readers skip others. */
public enum EventKind {
    /** Begins an activity and ends the one before: its ordinal. */
    ACTIVITY(1),
    /** The running transaction has committed: 1 when it was inevitable. */
    COMMITTED(1),
    /** The running transaction was rolled back: ordinal of the cause. */
    ABORTED(1),
    /** The running transaction has become inevitable: number of the reason. */
    INEVITABLE(1),
    /** A transaction that has used up its length is being broken: it commits, and the next one begins. */
    BREAK(0),
    /** A decision about the transaction: ordinal of the {@link org.segstm.heap.Contention}. */
    DECISION(1),
    /** A nested block of the transaction was undone, alone. */
    UNDONE(0);

    private final int arguments;

    EventKind(final int arguments) {
        this.arguments = arguments;
    }

    /**
     * How many numbers follow.
     *
     * @return number of arguments.
     */
    public int arguments() {
        return arguments;
    }
}

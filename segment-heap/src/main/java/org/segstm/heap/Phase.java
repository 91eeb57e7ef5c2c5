package org.segstm.heap;

/** What a mutator's time is spent on; measured when {@link HeapContext#timing(boolean)} is on. */
public enum Phase {
    /** Outside of transactions. */
    OUTSIDE,
    /** Running transactions that committed. */
    RUN,
    /** Beginning and committing, minor collection and waiting excluded. */
    COMMIT,
    /** Running transactions that were rolled back, rolling back, and pausing before the next try. */
    ABORT,
    /** Waiting: for a segment, for an inevitable transaction, for those who stop the world, parked, for collections. */
    WAIT,
    /** Minor collections. */
    MINOR_GC
}

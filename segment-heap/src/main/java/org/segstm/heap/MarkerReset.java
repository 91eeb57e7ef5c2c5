package org.segstm.heap;

/** How read markers return to zero when the read version runs out. */
public enum MarkerReset {
    /** Writes zeros over the marker pages that are resident; many of them are dropped instead. */
    MEMSET,
    /** Gives the marker pages back to the system, which hands out zeroed ones on the next touch. */
    MADVISE
}

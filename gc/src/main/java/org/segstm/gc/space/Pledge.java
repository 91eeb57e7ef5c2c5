package org.segstm.gc.space;

/** Has a segment pages pledged to it, so that allocation cannot fail? */
enum Pledge {
    /** No. */
    NONE,
    /** Yes, and enough for blocks of the usual size. */
    USUAL_BLOCKS,
    /** Yes, as long as blocks are no larger than a slot needs. */
    SMALL_BLOCKS
}

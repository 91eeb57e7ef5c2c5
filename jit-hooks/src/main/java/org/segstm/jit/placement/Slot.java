package org.segstm.jit.placement;

/**
 * A point in the code where something can be inserted.
 *
 * @param at    which point.
 * @param block it belongs to.
 * @param index of the operation or edge.
 */
record Slot(At at, int block, int index) {
    /** The points. */
    enum At {
        /** Before all else. */
        ENTRY,
        /** Before an operation; at {@code size} before the jump at the block's end. */
        OPERATION,
        /** On the slow path of a poll that is an operation, behind the call. */
        OPERATION_SLOW,
        /** On an edge, before its poll. */
        EDGE,
        /** On the slow path of the poll on an edge. */
        EDGE_SLOW,
        /** On an edge, behind its poll. */
        EDGE_AFTER,
        /** On an edge, behind the assignments of the merges it leads to. */
        EDGE_MERGED
    }
}

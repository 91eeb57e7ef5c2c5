package org.segstm.jit;

import org.segstm.heap.HeapContext;
import org.segstm.heap.SegmentHeap;
import org.segstm.heap.segment.SegmentMap;

/**
 * What generated code may contain as constants: true for one heap as long as it is open.
 *
 * @param serial           true in no-STM mode: there, reads need no barrier. Writes do, it is the collector's as well.
 * @param cardMarkDistance bytes from the read marker of a card's first granule to the card's write mark.
 * @param inlined          false when the mutator has to be told of each barrier, so that none may be inline: it notes
 *                         where reads come from, for reports of conflicts.
 */
public record HeapConstants(boolean serial, long cardMarkDistance, boolean inlined) {
    /**
     * Constants of a heap.
     *
     * @param heap that is open.
     * @return its constants.
     */
    public static HeapConstants of(final SegmentHeap heap) {
        final HeapContext context = heap.context();
        final SegmentMap map = new SegmentMap(context.nurseryBytes(), context.heapBytes());
        return new HeapConstants(context.serial(), map.cardMarkDistance(),
            context.serial() || !context.reports().hasConflicts());
    }

    /**
     * The same heap, for code that leaves all barriers to the mutator: slower, and smaller.
     *
     * @return constants with {@link #inlined()} false.
     */
    public HeapConstants callingMutator() {
        return new HeapConstants(serial, cardMarkDistance, false);
    }
}

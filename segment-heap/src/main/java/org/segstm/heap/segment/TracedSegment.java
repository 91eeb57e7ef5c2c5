package org.segstm.heap.segment;

import org.segstm.bridge.Reservation;
import org.segstm.heap.HeapContext;
import org.segstm.heap.layout.LayoutTable;
import org.segstm.heap.sharing.PageTable;
import org.segstm.heap.sharing.Privatizer;
import org.segstm.heap.sharing.SharingStrategy;

/**
 * A segment of a heap that reports conflicts. A class of its own, so that where nobody asks for reports the JIT sees
 * empty methods. No transactions share a read version here: what an earlier one has read is no conflict to report.
 */
public final class TracedSegment extends Segment {
    private AccessTrace trace;

    /**
     * Makes a segment; its old space is mapped already.
     *
     * @param index       from 1.
     * @param reservation of all segments.
     * @param map         of a segment.
     * @param context     configuration.
     * @param layouts     of the heap.
     * @param pages       who holds what.
     * @param privatizer  of the heap.
     * @param strategy    of page sharing.
     */
    public TracedSegment(
        final int index, final Reservation reservation, final SegmentMap map, final HeapContext context,
        final LayoutTable layouts, final PageTable pages, final Privatizer privatizer,
        final SharingStrategy strategy) {
        super(index, reservation, map, context, layouts, pages, privatizer, strategy);
    }

    /**
     * Sets who is told; only by who runs here.
     *
     * @param value whose transaction has begun.
     */
    public void trace(final AccessTrace value) {
        trace = value;
    }

    @Override
    void sliceWritten(final long granuleRef) {
        trace.wrote(granuleRef);
    }

    @Override
    public void publishing(final long entry) {
        trace.publishing(entry);
    }

    @Override
    public void conflictFound(final long granuleRef, final long entry) {
        if (inTransaction()) {
            trace.conflictFound(granuleRef, entry);
        }
    }
}

package org.segstm.gc.lincheck;

import org.segstm.bridge.Memory;
import org.segstm.heap.HeapContext;
import org.segstm.heap.SegmentHeap;
import org.segstm.heap.segment.ControlPage;
import org.segstm.heap.segment.RunState;
import org.segstm.heap.segment.Segment;

import java.util.ArrayList;
import java.util.List;

/** Segments of a heap that nobody uses, for what can be tried without transactions. */
final class Segments {
    static final int COUNT = 3;
    private static final List<Segment> ALL = open();

    private Segments() {
    }

    private static List<Segment> open() {
        final SegmentHeap heap = SegmentHeap.open(
            new HeapContext().segments(COUNT).heapBytes(1 << 20).nurseryBytes(64 << 10));
        final List<Segment> segments = new ArrayList<>();
        heap.whileStopped(stopped -> segments.addAll(stopped.segments()));
        return segments;
    }

    static Segment[] firstOnes(final int count) {
        final Segment[] segments = ALL.subList(0, count).toArray(new Segment[0]);
        for (final Segment segment : segments) {
            segment.owner(null);
            segment.reserved(false);
            segment.viewRevision(0);
            Memory.putLongVolatile(segment.control() + ControlPage.RUN_STATE_OFFSET, RunState.IDLE);
            Memory.putLongVolatile(segment.control() + ControlPage.REQUESTS_OFFSET, 0);
        }
        return segments;
    }

    /** Address of segment 0. */
    static long reservationAddress() {
        final Segment first = ALL.get(0);
        return first.base() - first.map().segmentBytes();
    }
}

package org.segstm.gc.major;

import org.segstm.gc.space.OldSpace;
import org.segstm.gc.space.Slices;
import org.segstm.heap.layout.ObjectHeader;
import org.segstm.heap.layout.ObjectLayout;
import org.segstm.heap.segment.Segment;
import org.segstm.heap.tx.WriteSet;
import org.segstm.heap.util.LongSequence;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What running transactions hold. Their young, fresh and overflow objects all live on and are read in their own view.
 * Of committed objects that they wrote the base has the old version, which is traced like any object; the new one is
 * what their view shows in the slices of the write set. Idle segments have nothing of this.
 *
 * <p>Two steps with a barrier between: first all their objects in the old space are marked, so that nobody looks into
 * them in the base, then they are looked into. Shared out in chunks.
 */
final class InFlightObjects {
    private static final int OBJECTS_IN_CHUNK = 4096;

    private final List<Segment> segments;
    private final OldSpace space;
    private final MarkBitmap marks;
    private final AtomicInteger nextClaim = new AtomicInteger();
    private final AtomicInteger nextTrace = new AtomicInteger();

    InFlightObjects(final List<Segment> segments, final OldSpace space, final MarkBitmap marks) {
        this.segments = segments;
        this.space = space;
        this.marks = marks;
    }

    /** First step, by each worker. */
    void claim() {
        forEachChunk(nextClaim, false, (segment, list, from, to) -> {
            for (int i = from; i < to; i++) {
                marks.mark(list.get(i));
                space.pin(list.get(i));
            }
        });
    }

    /** Second step, by each worker. */
    void trace(final Marker marker) {
        forEachChunk(nextTrace, true, (segment, list, from, to) -> {
            if (list == null) {
                traceNursery(segment, marker);
                traceWritten(segment, marker);
                if (segment.savepoints().depth() != 0) {
                    traceSaved(segment, segment.writeSet(), marker);
                    traceSaved(segment, segment.savepoints().overflowSlices(), marker);
                }
            } else {
                for (int i = from; i < to; i++) {
                    marker.scanInFlight(segment.base(), list.get(i));
                }
            }
        });
    }

    private void forEachChunk(final AtomicInteger next, final boolean rest, final ChunkTask task) {
        int number = 0;
        int mine = next.getAndIncrement();
        for (final Segment segment : segments) {
            for (int kind = rest ? 0 : 1; kind <= 2; kind++) {
                final LongSequence list = kind == 0 ? null : kind == 1 ? segment.fresh() : segment.youngOutside();
                final int size = list == null ? 1 : list.size();
                for (int from = 0; from < size; from += OBJECTS_IN_CHUNK) {
                    if (number++ == mine) {
                        task.run(segment, list, from, Math.min(size, from + OBJECTS_IN_CHUNK));
                        mine = next.getAndIncrement();
                    }
                }
            }
        }
    }

    /** Young objects lie one after the other. */
    private static void traceNursery(final Segment segment, final Marker marker) {
        final long end = segment.nursery().youngStart() + segment.nursery().usedBytes();
        long ref = segment.nursery().youngStart();
        while (ref < end) {
            marker.scanInFlight(segment.base(), ref);
            ref += segment.sizeOf(ref);
        }
    }

    private void traceWritten(final Segment segment, final Marker marker) {
        Slices.forEach(space, segment.writeSet(), (objectRef, sliceOffset, words, savedIndex) -> {
            marker.mark(objectRef);
            final ObjectLayout layout = segment.layoutOf(objectRef);
            if (layout.hasRefs()) {
                marker.scan(segment.base(), objectRef, layout, sliceOffset,
                    sliceOffset + ((long) words << ObjectHeader.LOG_BYTES_IN_WORD));
            }
        });
    }

    /** What only a partial rollback would bring back: it may have been weakly reachable before. */
    private void traceSaved(final Segment segment, final WriteSet slices, final Marker marker) {
        Slices.forEach(space, slices, (objectRef, sliceOffset, words, savedIndex) -> {
            final ObjectLayout layout = segment.layoutOf(objectRef);
            if (layout.hasRefs()) {
                marker.scanSaved(
                    segment.base(), objectRef, layout, slices.savedWords(), savedIndex, sliceOffset, words);
            }
        });
    }

    /** What is done with a chunk. */
    private interface ChunkTask {
        void run(Segment segment, LongSequence list, int from, int to);
    }
}

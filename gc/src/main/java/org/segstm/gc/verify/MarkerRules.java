package org.segstm.gc.verify;

import org.segstm.heap.segment.ReadMarkers;
import org.segstm.heap.segment.Segment;
import org.segstm.heap.spi.StoppedHeap;

/**
 * Read markers hold no version that is still to come. A marker left from before a reset would only abort transactions
 * for nothing, so nothing else would tell.
 */
final class MarkerRules {
    private final StoppedHeap heap;

    MarkerRules(final StoppedHeap heap) {
        this.heap = heap;
    }

    void check() {
        for (final Segment segment : heap.segments()) {
            final ReadMarkers markers = segment.markers();
            if (markers.version() > ReadMarkers.MAXIMUM_VERSION) {
                throw new HeapVerificationException(
                    segment + " has a read version that does not fit in a marker: version=" + markers.version());
            }
            final long ref = markers.findForeignMark();
            if (ref != 0) {
                throw new HeapVerificationException(segment + " has a read marker of a version after its own, "
                    + markers.version() + ": ref=0x" + Long.toHexString(ref));
            }
        }
    }
}

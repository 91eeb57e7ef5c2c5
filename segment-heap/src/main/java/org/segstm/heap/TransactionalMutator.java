package org.segstm.heap;

import org.segstm.bridge.Memory;
import org.segstm.heap.segment.SegmentMap;

/** A mutator of a heap with STM: its read barrier stores the read version into the marker. */
final class TransactionalMutator extends Mutator {
    TransactionalMutator(final SegmentHeap heap, final String name) {
        super(heap, name);
    }

    @Override
    void mark(final long granuleRef) {
        Memory.putByte(segmentBase + (granuleRef >>> SegmentMap.LOG_MARKER_SCALE), readVersion);
    }
}

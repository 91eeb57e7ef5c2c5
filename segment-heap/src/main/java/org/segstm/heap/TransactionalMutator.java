package org.segstm.heap;

import org.segstm.bridge.Memory;
import org.segstm.heap.segment.SegmentMap;

/** A mutator of a heap with STM: its read barrier stores the read version into the marker. */
final class TransactionalMutator extends Mutator {
    private TransactionalMutator(final SegmentHeap heap, final String name) {
        super(heap, name);
    }

    /** Returns the common type, so that the verifier of whoever calls this loads this class only when it does. */
    static Mutator make(final SegmentHeap heap, final String name) {
        return new TransactionalMutator(heap, name);
    }

    @Override
    void mark(final long granuleRef) {
        Memory.putByte(segmentBase + (granuleRef >>> SegmentMap.LOG_READ_MARKER_SCALE), readVersion);
    }
}

package org.segstm.heap;

/** A mutator in no-STM mode: reading leaves no mark. A class of its own, so that the JIT sees an empty barrier. */
final class SerialMutator extends Mutator {
    SerialMutator(final SegmentHeap heap, final String name) {
        super(heap, name);
    }

    @Override
    void mark(final long granuleRef) {
        // Nobody can conflict.
    }
}

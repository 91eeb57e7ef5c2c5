package org.segstm.heap;

/** A mutator in no-STM mode: reading leaves no mark. A class of its own, so that the JIT sees an empty barrier. */
final class SerialMutator extends Mutator {
    private SerialMutator(final SegmentHeap heap, final String name) {
        super(heap, name);
    }

    /** Returns the common type, so that the verifier of whoever calls this loads this class only when it does. */
    static Mutator make(final SegmentHeap heap, final String name) {
        return new SerialMutator(heap, name);
    }

    @Override
    void mark(final long granuleRef) {
        // Nobody can conflict.
    }
}

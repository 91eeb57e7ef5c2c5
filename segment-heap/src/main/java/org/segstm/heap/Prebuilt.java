package org.segstm.heap;

import java.util.function.ToLongFunction;

/** Makes prebuilt objects: in an inevitable transaction of a mutator made for it. */
final class Prebuilt {
    private Prebuilt() {
    }

    static GlobalRoot make(
        final SegmentHeap heap, final GlobalRoot root, final ToLongFunction<? super Mutator> maker) {
        if (root.get() != 0) {
            throw new IllegalStateException("objects are prebuilt once: root=" + root.name());
        }
        try (Mutator mutator = heap.attachMutator("prebuild " + root.name())) {
            mutator.beginInevitable("prebuild");
            boolean made = false;
            try {
                mutator.push(maker.applyAsLong(mutator));
                made = true;
            } finally {
                if (!made) {
                    mutator.truncateRoots(0);
                }
                end(mutator, heap.context().serial());
            }
            // Kept by the stack until it is kept by the root.
            root.set(mutator.root(mutator.rootDepth() - 1));
        }
        return root;
    }

    /** In no-STM mode a commit alone does not make objects old. */
    private static void end(final Mutator mutator, final boolean serial) {
        try {
            if (serial) {
                mutator.collectNursery();
            }
        } finally {
            mutator.commit();
        }
    }
}

package org.segstm.duhton.transaction;

import java.util.concurrent.ConcurrentLinkedDeque;
import org.segstm.heap.GlobalRoot;
import org.segstm.heap.SegmentHeap;

/** Global roots for the arguments of queued calls, used again and again. */
final class RootPool {
    private final SegmentHeap heap;
    private final ConcurrentLinkedDeque<GlobalRoot> free = new ConcurrentLinkedDeque<>();

    RootPool(final SegmentHeap heap) {
        this.heap = heap;
    }

    GlobalRoot take(final long ref) {
        final GlobalRoot reused = free.pollFirst();
        final GlobalRoot root = reused == null ? heap.newGlobalRoot("duhton queued calls") : reused;
        root.set(ref);
        return root;
    }

    void give(final GlobalRoot root) {
        root.set(0);
        free.addFirst(root);
    }
}

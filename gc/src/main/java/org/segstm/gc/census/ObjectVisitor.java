package org.segstm.gc.census;

import org.segstm.heap.layout.ObjectLayout;

/** Sees objects. */
@FunctionalInterface
public interface ObjectVisitor {
    /**
     * Called for an object.
     *
     * @param ref    of it; a young one's is good in the view of its transaction only.
     * @param layout its layout.
     * @param bytes  its size.
     * @param young  true when no minor collection has seen it.
     */
    void visit(long ref, ObjectLayout layout, long bytes, boolean young);
}

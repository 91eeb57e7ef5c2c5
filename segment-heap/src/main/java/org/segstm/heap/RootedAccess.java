package org.segstm.heap;

import org.segstm.heap.segment.ShadowStack;

/** Access to objects, and the shadow stack of roots that keeps them alive and knows where they are. */
public abstract class RootedAccess extends HeapAccess {
    final ShadowStack roots;
    private final ShadowStack[] rootsAlone;

    RootedAccess(final int maximumRoots) {
        roots = new ShadowStack(maximumRoots);
        rootsAlone = new ShadowStack[] {roots};
    }

    /**
     * Pushes a root.
     *
     * @param ref or null or immediate.
     */
    public final void push(final long ref) {
        roots.push(ref);
    }

    /**
     * Pops the last root.
     *
     * @return its value.
     */
    public final long pop() {
        return roots.pop();
    }

    /**
     * Number of roots on the shadow stack.
     *
     * @return the depth.
     */
    public final int rootDepth() {
        return roots.depth();
    }

    /**
     * A root.
     *
     * @param index from the bottom.
     * @return its value.
     */
    public final long root(final int index) {
        return roots.get(index);
    }

    /**
     * Replaces a root.
     *
     * @param index from the bottom.
     * @param ref   or null or immediate.
     */
    public final void setRoot(final int index, final long ref) {
        roots.set(index, ref);
    }

    /**
     * Drops roots from the top.
     *
     * @param depth to return to.
     */
    public final void truncateRoots(final int depth) {
        roots.truncate(depth);
    }

    final ShadowStack[] rootsAlone() {
        return rootsAlone;
    }
}

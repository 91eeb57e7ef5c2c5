package org.segstm.heap;

import org.segstm.heap.segment.ShadowStack;

import java.util.function.Consumer;

/** Access to objects, and the shadow stack of roots that keeps them alive and knows where they are. */
public abstract class RootedAccess extends HeapAccess {
    final ShadowStack roots;
    /** The shadow stack, and from its first use on the stack of one that holds the thread-local root. */
    private ShadowStack[] rootsAlone;
    private ShadowStack localRoot;

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

    /**
     * The mutator's thread-local root: one ref that lives as long as the mutator, apart from the shadow stack. A
     * rollback returns it to what it was when the transaction began.
     *
     * @return ref, null or immediate; 0 until it is set.
     */
    public final long threadLocalRoot() {
        return localRoot == null ? 0 : localRoot.get(0);
    }

    /**
     * Sets the thread-local root.
     *
     * @param ref or null or immediate.
     * @throws IllegalStateException when no transaction is running.
     */
    public final void setThreadLocalRoot(final long ref) {
        checkRunning();
        if (localRoot == null) {
            makeLocalRoot();
        }
        localRoot.set(0, ref);
    }

    private void makeLocalRoot() {
        final ShadowStack stack = new ShadowStack(1);
        stack.push(0);
        stack.begin();
        for (int i = 0; i < roots.savepointCount(); i++) {
            stack.savepoint();
        }
        localRoot = stack;
        rootsAlone = new ShadowStack[] {roots, stack};
        rootStackAdded();
    }

    abstract void rootStackAdded();

    abstract void checkRunning();

    final void beginRoots() {
        roots.begin();
        if (localRoot != null) {
            localRoot.begin();
        }
    }

    final void rollbackRoots() {
        roots.rollback();
        if (localRoot != null) {
            localRoot.rollback();
        }
    }

    final void savepointRoots() {
        roots.savepoint();
        if (localRoot != null) {
            localRoot.savepoint();
        }
    }

    final void mergeRoots() {
        roots.mergeSavepoint();
        if (localRoot != null) {
            localRoot.mergeSavepoint();
        }
    }

    final void rollbackRootsToSavepoint() {
        roots.rollbackToSavepoint();
        if (localRoot != null) {
            localRoot.rollbackToSavepoint();
        }
    }

    final void visitEachStack(final Consumer<ShadowStack> visitor) {
        for (final ShadowStack stack : rootsAlone) {
            visitor.accept(stack);
        }
    }

    final ShadowStack[] rootsAlone() {
        return rootsAlone;
    }
}

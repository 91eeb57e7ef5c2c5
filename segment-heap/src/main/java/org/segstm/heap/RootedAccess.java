package org.segstm.heap;

import org.segstm.heap.segment.ShadowStack;

import java.util.Arrays;
import java.util.function.Consumer;

/** Access to objects, and the shadow stack of roots that keeps them alive and knows where they are. */
public abstract class RootedAccess extends HeapAccess {
    final ShadowStack roots;
    /** The shadow stack; behind it the stack of the thread-local root and those of the VM, once used. */
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
        add(stack);
        localRoot = stack;
    }

    private void add(final ShadowStack stack) {
        stack.begin();
        for (int i = 0; i < roots.savepointCount(); i++) {
            stack.savepoint();
        }
        rootsAlone = Arrays.copyOf(rootsAlone, rootsAlone.length + 1);
        rootsAlone[rootsAlone.length - 1] = stack;
        rootStackAdded();
    }

    /**
     * Makes another stack of roots, for what a VM keeps for itself beside its program's roots: what is on it is alive
     * as long as the mutator, is updated when it moves, and follows rollbacks.
     *
     * @param maximumRoots at which a push fails.
     * @return an empty stack, for the thread that drives the mutator.
     * @throws IllegalStateException when no transaction is running.
     */
    public final ShadowStack newRootStack(final int maximumRoots) {
        checkRunning();
        final ShadowStack stack = new ShadowStack(maximumRoots);
        add(stack);
        return stack;
    }

    final boolean isThreadLocal(final ShadowStack stack) {
        return stack == localRoot;
    }

    abstract void rootStackAdded();

    abstract void checkRunning();

    final void beginRoots() {
        roots.begin();
        for (int i = 1; i < rootsAlone.length; i++) {
            rootsAlone[i].begin();
        }
    }

    final void rollbackRoots() {
        roots.rollback();
        for (int i = 1; i < rootsAlone.length; i++) {
            rootsAlone[i].rollback();
        }
    }

    final void savepointRoots() {
        roots.savepoint();
        for (int i = 1; i < rootsAlone.length; i++) {
            rootsAlone[i].savepoint();
        }
    }

    final void mergeRoots() {
        roots.mergeSavepoint();
        for (int i = 1; i < rootsAlone.length; i++) {
            rootsAlone[i].mergeSavepoint();
        }
    }

    final void rollbackRootsToSavepoint() {
        roots.rollbackToSavepoint();
        for (int i = 1; i < rootsAlone.length; i++) {
            rootsAlone[i].rollbackToSavepoint();
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

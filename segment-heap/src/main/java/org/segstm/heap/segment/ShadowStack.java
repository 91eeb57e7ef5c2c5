package org.segstm.heap.segment;

import org.segstm.heap.HeapException;
import org.segstm.heap.spi.RootVisitor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The roots of one mutator. Two positions below which nothing has changed make it cheap: the watermark (a minor
 * collection has seen everything below it) and the saved depth (an abort finds everything below it untouched). Both are
 * one test on the way down: {@link #floor} is the higher of the two. Savepoints inside a transaction each have a saved
 * depth of their own; only the newest one's takes part in that test.
 */
public final class ShadowStack {
    private static final int INITIAL_CAPACITY = 256;
    private final int maximumDepth;
    private long[] slots;
    private int depth;
    private int floor;
    private int watermark;
    private int savedDepth;
    private int beginDepth;
    private long[] saved = new long[INITIAL_CAPACITY];
    /** What begin and the older savepoints remember, while the fields above are those of the newest savepoint. */
    private final List<Level> outerLevels = new ArrayList<>();
    private final List<Level> spareLevels = new ArrayList<>();

    /**
     * Makes an empty stack.
     *
     * @param maximumDepth at which a push fails.
     */
    public ShadowStack(final int maximumDepth) {
        this.maximumDepth = maximumDepth;
        this.slots = new long[Math.min(INITIAL_CAPACITY, maximumDepth)];
    }

    /**
     * Number of roots.
     *
     * @return the depth.
     */
    public int depth() {
        return depth;
    }

    /**
     * Pushes a root.
     *
     * @param ref or null or immediate.
     */
    public void push(final long ref) {
        if (depth == slots.length) {
            grow();
        }
        slots[depth++] = ref;
    }

    /**
     * Pops the last root.
     *
     * @return its value.
     */
    public long pop() {
        final int top = depth - 1;
        if (top < floor) {
            lower(top);
        }
        depth = top;
        return slots[top];
    }

    /**
     * Root at an index.
     *
     * @param index from the bottom.
     * @return its value.
     */
    public long get(final int index) {
        return slots[index];
    }

    /**
     * Replaces a root.
     *
     * @param index from the bottom.
     * @param ref   or null or immediate.
     */
    public void set(final int index, final long ref) {
        if (index >= depth) {
            throw new IndexOutOfBoundsException("root index must be below the depth: index=" + index
                + " depth=" + depth);
        }
        if (index < floor) {
            lower(index);
        }
        slots[index] = ref;
    }

    /**
     * Drops roots from the top.
     *
     * @param newDepth not above the depth.
     */
    public void truncate(final int newDepth) {
        if (newDepth < 0 || newDepth > depth) {
            throw new IndexOutOfBoundsException("new depth must be from 0 to the depth: newDepth=" + newDepth
                + " depth=" + depth);
        }
        if (newDepth < floor) {
            lower(newDepth);
        }
        depth = newDepth;
    }

    /**
     * First root that a minor collection has to look at.
     *
     * @return index from the bottom.
     */
    public int watermark() {
        return watermark;
    }

    /**
     * Collector only: stores the new place of a root that moved.
     *
     * @param index at or above the watermark.
     * @param ref   of the copy.
     */
    public void update(final int index, final long ref) {
        slots[index] = ref;
    }

    /** Collector only: all roots have been seen, none is young. */
    public void markScanned() {
        watermark = depth;
        floor = Math.max(watermark, savedDepth);
    }

    /** Remembers the state for an abort. */
    public void begin() {
        beginDepth = depth;
        savedDepth = depth;
        floor = depth;
        watermark = Math.min(watermark, depth);
    }

    /** Returns to the state at the begin of the transaction; none of its roots is young. */
    public void rollback() {
        while (!outerLevels.isEmpty()) {
            rollbackToSavepoint();
        }
        restore();
    }

    /** Remembers the state for a partial rollback. No root is young now. */
    public void savepoint() {
        final Level outer = spareLevels.isEmpty() ? new Level() : spareLevels.remove(spareLevels.size() - 1);
        final long[] spare = outer.saved;
        outer.saved = saved;
        outer.savedDepth = savedDepth;
        outer.beginDepth = beginDepth;
        outerLevels.add(outer);
        saved = spare;
        watermark = depth;
        begin();
    }

    /**
     * Number of savepoints.
     *
     * @return 0 outside of nested blocks.
     */
    public int savepointCount() {
        return outerLevels.size();
    }

    /** Returns to the state of the newest savepoint and forgets that. */
    public void rollbackToSavepoint() {
        restore();
        leaveLevel();
        floor = depth;
    }

    /** Forgets the newest savepoint; the state stays as it is. */
    public void mergeSavepoint() {
        final Level outer = outerLevels.get(outerLevels.size() - 1);
        if (savedDepth < outer.savedDepth) {
            outer.reserve();
            System.arraycopy(saved, savedDepth, outer.saved, savedDepth, outer.savedDepth - savedDepth);
            outer.savedDepth = savedDepth;
        }
        leaveLevel();
        floor = Math.max(watermark, savedDepth);
    }

    private void leaveLevel() {
        final Level outer = outerLevels.remove(outerLevels.size() - 1);
        final long[] spare = saved;
        saved = outer.saved;
        savedDepth = outer.savedDepth;
        beginDepth = outer.beginDepth;
        outer.saved = spare;
        spareLevels.add(outer);
    }

    private void restore() {
        if (savedDepth < beginDepth) {
            System.arraycopy(saved, savedDepth, slots, savedDepth, beginDepth - savedDepth);
        }
        depth = beginDepth;
        watermark = depth;
        savedDepth = depth;
        floor = depth;
    }

    /**
     * Number of roots that the begin of the transaction saw.
     *
     * @return depth at the last begin.
     */
    public int beginDepth() {
        return outerLevels.isEmpty() ? beginDepth : outerLevels.get(0).beginDepth;
    }

    /**
     * Root that an abort would bring back.
     *
     * @param index below {@link #beginDepth()}.
     * @return its value at the last begin.
     */
    public long getAtBegin(final int index) {
        for (int i = 0; i < outerLevels.size(); i++) {
            if (index >= outerLevels.get(i).savedDepth) {
                return outerLevels.get(i).saved[index];
            }
        }
        return index < savedDepth ? slots[index] : saved[index];
    }

    /**
     * Shows the roots to a major collection. Outside of transactions the owner may be pushing and popping meanwhile;
     * what it puts elsewhere before it drops it here is found.
     *
     * @param visitor to call for each root.
     */
    public void visitRoots(final RootVisitor visitor) {
        final long[] current = slots;
        for (int i = 0, count = Math.min(depth, current.length); i < count; i++) {
            visitor.visit(current[i]);
        }
        if (!outerLevels.isEmpty()) {
            visitSaved(visitor, saved, savedDepth, beginDepth);
            for (int i = 1; i < outerLevels.size(); i++) {
                final Level level = outerLevels.get(i);
                visitSaved(visitor, level.saved, level.savedDepth, level.beginDepth);
            }
        }
    }

    /** What a partial rollback would bring back. */
    private static void visitSaved(final RootVisitor visitor, final long[] roots, final int from, final int to) {
        for (int i = from; i < to; i++) {
            visitor.visit(roots[i]);
        }
    }

    /**
     * Shows the roots that an abort of the running transaction brings back.
     *
     * @param visitor to call for each root.
     */
    public void visitRootsAtBegin(final RootVisitor visitor) {
        for (int i = 0, count = beginDepth(); i < count; i++) {
            visitor.visit(getAtBegin(i));
        }
    }

    private void lower(final int index) {
        if (index < 0) {
            throw new IndexOutOfBoundsException("no root to pop: depth=0");
        }
        if (index < savedDepth) {
            if (saved.length < beginDepth) {
                saved = Arrays.copyOf(saved, Math.max(beginDepth, saved.length * 2));
            }
            System.arraycopy(slots, index, saved, index, savedDepth - index);
            savedDepth = index;
        }
        watermark = Math.min(watermark, index);
        floor = Math.max(watermark, savedDepth);
    }

    private void grow() {
        if (depth >= maximumDepth) {
            throw new HeapException("shadow stack overflow (raise segstm.roots or recurse less): depth=" + depth);
        }
        slots = Arrays.copyOf(slots, (int) Math.min(maximumDepth, slots.length * 2L));
    }

    /** What one begin or savepoint remembers. */
    private static final class Level {
        private long[] saved = new long[INITIAL_CAPACITY];
        private int savedDepth;
        private int beginDepth;

        private void reserve() {
            if (saved.length < beginDepth) {
                saved = Arrays.copyOf(saved, Math.max(beginDepth, saved.length * 2));
            }
        }
    }
}

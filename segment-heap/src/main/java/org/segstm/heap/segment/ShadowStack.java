package org.segstm.heap.segment;

import org.segstm.heap.HeapException;
import org.segstm.heap.spi.RootVisitor;

import java.util.Arrays;

/**
 * The roots of one mutator. Two positions below which nothing has changed make it cheap: the watermark (a minor
 * collection has seen everything below it) and the saved depth (an abort finds everything below it untouched). Both are
 * one test on the way down: {@link #floor} is the higher of the two.
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
        return beginDepth;
    }

    /**
     * Root that an abort would bring back.
     *
     * @param index below {@link #beginDepth()}.
     * @return its value at the last begin.
     */
    public long getAtBegin(final int index) {
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
    }

    /**
     * Shows the roots that an abort of the running transaction brings back.
     *
     * @param visitor to call for each root.
     */
    public void visitRootsAtBegin(final RootVisitor visitor) {
        for (int i = 0; i < beginDepth; i++) {
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
}

package org.segstm.gc.finalization;

import org.segstm.bridge.Memory;
import org.segstm.heap.layout.LayoutTable;
import org.segstm.heap.layout.ObjectHeader;
import org.segstm.heap.layout.ObjectLayout;
import org.segstm.heap.util.LongList;
import org.segstm.heap.util.LongMap;

import java.util.function.LongPredicate;

import static org.segstm.heap.layout.ObjectHeader.BYTES_IN_WORD;
import static org.segstm.heap.layout.ObjectHeader.LAYOUT_ID_OFFSET;
import static org.segstm.heap.layout.ObjectHeader.LOG_BYTES_IN_WORD;
import static org.segstm.heap.layout.ObjectHeader.VARIABLE_LENGTH_OFFSET;

/**
 * Which of some dead objects are outermost: not to be reached from another of them. In a cycle, the first one is.
 *
 * <p>Each object starts a walk, unless an earlier walk has met it. A walk that meets what an earlier one has seen goes
 * over that once more, and takes its turn from the start of the earlier walk when it gets there. So every object is
 * looked into twice at most. (The idea of the four states in {@code incminimark.py} of PyPy.)
 */
public final class FinalizationOrder {
    private static final long WAITS = Long.MAX_VALUE;
    private final LayoutTable layouts;
    private final long view;
    private final LongPredicate dead;
    /** Number of the walk that has met an object first, or that it waits. */
    private final LongMap seen = new LongMap();
    private final LongList toWalk = new LongList();
    private final LongList toTake = new LongList();
    private final LongList starts = new LongList();

    /**
     * Makes an order for one use.
     *
     * @param layouts of the heap.
     * @param view    address of the segment in which objects are read.
     * @param dead    tells of an object whether it is dead.
     */
    public FinalizationOrder(final LayoutTable layouts, final long view, final LongPredicate dead) {
        this.layouts = layouts;
        this.view = view;
        this.dead = dead;
    }

    /**
     * Adds an object that has a finalizer.
     *
     * @param ref of a dead object; adding it again changes nothing.
     */
    public void add(final long ref) {
        if (seen.get(ref) == 0) {
            starts.add(ref);
            walk(ref, starts.size());
        }
    }

    /**
     * Is an object outermost? To be asked when all have been added.
     *
     * @param ref of an object that was added.
     * @return true when its turn has come.
     */
    public boolean isOutermost(final long ref) {
        final long walk = seen.get(ref);
        return walk != WAITS && starts.get((int) walk - 1) == ref;
    }

    private void walk(final long start, final long number) {
        seen.put(start, number);
        toWalk.add(start);
        while (!toWalk.isEmpty()) {
            forEachRef(toWalk.removeLast(), ref -> {
                final long before = seen.get(ref);
                if (before == 0) {
                    seen.put(ref, number);
                    toWalk.add(ref);
                } else if (before != number && before != WAITS) {
                    takeTurns(ref, number);
                }
            });
        }
    }

    private void takeTurns(final long first, final long number) {
        seen.put(first, WAITS);
        toTake.add(first);
        while (!toTake.isEmpty()) {
            forEachRef(toTake.removeLast(), ref -> {
                final long before = seen.get(ref);
                if (before != number && before != WAITS) {
                    seen.put(ref, WAITS);
                    toTake.add(ref);
                }
            });
        }
    }

    private void forEachRef(final long ref, final RefVisitor visitor) {
        final long address = view + ref;
        final ObjectLayout layout = layouts.get(Memory.getInt(address + LAYOUT_ID_OFFSET));
        for (int i = 0; i < layout.refCount(); i++) {
            visit(Memory.getLong(address + layout.refOffset(i)), visitor);
        }
        if (layout.variablePart() == ObjectLayout.VariablePart.REFS) {
            final long start = address + layout.variableOffset();
            final long end = start + (Memory.getLong(address + VARIABLE_LENGTH_OFFSET) << LOG_BYTES_IN_WORD);
            for (long element = start; element < end; element += BYTES_IN_WORD) {
                visit(Memory.getLong(element), visitor);
            }
        }
    }

    private void visit(final long value, final RefVisitor visitor) {
        if (ObjectHeader.isObjectRef(value) && dead.test(value)) {
            visitor.visit(value);
        }
    }

    /** Sees dead objects. */
    private interface RefVisitor {
        void visit(long ref);
    }
}

package org.segstm.duhton.value;

import org.segstm.duhton.DuhtonError;
import org.segstm.heap.Mutator;

/**
 * Lists: growable arrays. A list refers to an array that is at least as long as it; elements may start anywhere in the
 * array, so that taking from the front is as cheap as taking from the back. Slots outside are None, lest they keep
 * garbage alive. Callers have checked that the ref is that of a list.
 */
public final class Lists {
    private static final int SMALLEST_GROWN_ARRAY = 4;
    /** An array grows by a half beyond this length, to twice the length before. */
    private static final int LARGE_ARRAY = 1 << 16;

    private Lists() {
    }

    /**
     * Makes a list of the topmost roots. They stay on the shadow stack.
     *
     * @param mutator of the running transaction.
     * @param shapes  of the heap.
     * @param base    index of the root that is the first element.
     * @return ref of the list.
     */
    public static long ofRoots(final Mutator mutator, final Shapes shapes, final int base) {
        final int count = mutator.rootDepth() - base;
        final long listRef = mutator.allocate(shapes.list);
        if (count != 0) {
            final long items = mutator.allocate(shapes.array, count);
            for (int i = 0; i < count; i++) {
                mutator.putRefAt(items, i, mutator.root(base + i));
            }
            mutator.putInt(listRef, shapes.listCount, count);
            mutator.putRef(listRef, shapes.listItems, items);
        }
        return listRef;
    }

    /**
     * Number of elements.
     *
     * @param mutator of the running transaction.
     * @param shapes  of the heap.
     * @param listRef of a list.
     * @return the number.
     */
    public static int length(final Mutator mutator, final Shapes shapes, final long listRef) {
        return mutator.getInt(listRef, shapes.listCount);
    }

    /**
     * Reads an element.
     *
     * @param mutator of the running transaction.
     * @param shapes  of the heap.
     * @param listRef of a list.
     * @param index   of the element.
     * @param line    of the source, for the error.
     * @return the element.
     */
    public static long get(
            final Mutator mutator, final Shapes shapes, final long listRef, final int index, final int line) {
        checkIndex("list_get", index, mutator.getInt(listRef, shapes.listCount), line);
        final long items = mutator.getRef(listRef, shapes.listItems);
        return mutator.getRefAt(items, mutator.getInt(listRef, shapes.listFirst) + index);
    }

    /**
     * Replaces an element.
     *
     * @param mutator of the running transaction.
     * @param shapes  of the heap.
     * @param listRef of a list.
     * @param index   of the element.
     * @param value   to store.
     * @param line    of the source, for the error.
     */
    public static void set(
            final Mutator mutator, final Shapes shapes, final long listRef, final int index, final long value,
            final int line) {
        checkIndex("list_set", index, mutator.getInt(listRef, shapes.listCount), line);
        final long items = mutator.getRef(listRef, shapes.listItems);
        mutator.putRefAt(items, mutator.getInt(listRef, shapes.listFirst) + index, value);
    }

    /**
     * Adds an element at the end.
     *
     * @param mutator of the running transaction.
     * @param shapes  of the heap.
     * @param listRef of a list.
     * @param value   to add.
     */
    public static void append(final Mutator mutator, final Shapes shapes, final long listRef, final long value) {
        final int count = mutator.getInt(listRef, shapes.listCount);
        final long items = mutator.getRef(listRef, shapes.listItems);
        final int end = mutator.getInt(listRef, shapes.listFirst) + count;
        if (items != Values.NONE && end < mutator.length(items)) {
            mutator.putRefAt(items, end, value);
        } else {
            mutator.putRefAt(growSlowPath(mutator, shapes, listRef, items, count), count, value);
        }
        mutator.putInt(listRef, shapes.listCount, count + 1);
    }

    private static long growSlowPath(
            final Mutator mutator, final Shapes shapes, final long listRef, final long items, final int count) {
        final long length = Math.max(SMALLEST_GROWN_ARRAY, count + (count < LARGE_ARRAY ? count : (long) count >> 1));
        final long grown = mutator.allocate(shapes.array, length);
        final int first = mutator.getInt(listRef, shapes.listFirst);
        for (int i = 0; i < count; i++) {
            mutator.putRefAt(grown, i, mutator.getRefAt(items, first + i));
        }
        mutator.putInt(listRef, shapes.listFirst, 0);
        mutator.putRef(listRef, shapes.listItems, grown);
        return grown;
    }

    /**
     * Removes an element.
     *
     * @param mutator of the running transaction.
     * @param shapes  of the heap.
     * @param listRef of a list.
     * @param index   of the element.
     * @param line    of the source, for the error.
     * @return the element.
     */
    public static long pop(
            final Mutator mutator, final Shapes shapes, final long listRef, final int index, final int line) {
        final int count = mutator.getInt(listRef, shapes.listCount);
        checkIndex("list_pop", index, count, line);
        final long items = mutator.getRef(listRef, shapes.listItems);
        final int first = mutator.getInt(listRef, shapes.listFirst);
        final long removed = mutator.getRefAt(items, first + index);
        if (index < count >>> 1) {
            for (int i = first + index; i > first; i--) {
                mutator.putRefAt(items, i, mutator.getRefAt(items, i - 1));
            }
            mutator.putRefAt(items, first, Values.NONE);
            mutator.putInt(listRef, shapes.listFirst, first + 1);
        } else {
            final int last = first + count - 1;
            for (int i = first + index; i < last; i++) {
                mutator.putRefAt(items, i, mutator.getRefAt(items, i + 1));
            }
            mutator.putRefAt(items, last, Values.NONE);
        }
        mutator.putInt(listRef, shapes.listCount, count - 1);
        return removed;
    }

    private static void checkIndex(final String operation, final int index, final int count, final int line) {
        if (index < 0 || index >= count) {
            throw new DuhtonError(operation + ": index out of range", line);
        }
    }
}

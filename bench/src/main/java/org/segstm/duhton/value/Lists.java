package org.segstm.duhton.value;

import org.segstm.bridge.Memory;
import org.segstm.duhton.DuhtonError;
import org.segstm.heap.Mutator;
import org.segstm.heap.layout.Field;
import org.segstm.heap.layout.ObjectHeader;

/**
 * Lists: growable arrays. A list refers to an array that is at least as long as it; elements may start anywhere in the
 * array, so that taking from the front is as cheap as taking from the back. Slots outside are None, lest they keep
 * garbage alive. A list that is made with a few elements holds them itself: it refers to itself as its array, in which
 * they begin a little later, and reading one takes one read barrier instead of two. Callers have checked that the ref
 * is that of a list.
 *
 * <p>A list object holds its extent and the ref of its array:
 *
 * <pre>
 *   63                            32 31                             0
 *  +--------------------------------+--------------------------------+
 *  |  index of the first element    |  number of elements            |
 *  +--------------------------------+--------------------------------+
 * </pre>
 *
 * <p>Reading an element is what programs do most, so it is written as a VM would inline it: one read barrier for the
 * list object, then plain loads from the view.
 */
public final class Lists {
    private static final int FIRST_SHIFT = 32;
    private static final int LOG_BYTES_IN_ITEM = 3;
    private static final int SMALLEST_GROWN_ARRAY = 4;
    /** An array grows by a half beyond this length, to twice the length before. */
    private static final int LARGE_ARRAY = 1 << 16;

    private Lists() {
    }

    /**
     * Where a list's elements are.
     *
     * @param first index in the array of the first one.
     * @param count number of elements.
     * @return the extent.
     */
    public static long extent(final int first, final int count) {
        return (long) first << FIRST_SHIFT | count;
    }

    private static int firstOf(final long extent) {
        return (int) (extent >>> FIRST_SHIFT);
    }

    private static int countOf(final long extent) {
        return (int) extent;
    }

    /** Loads a field of an object whose read barrier has been executed. */
    private static long load(final Mutator mutator, final long ref, final Field field) {
        mutator.checkRawLoad(ref, field.offset());
        return Memory.getLong(mutator.segmentBase() + ref + field.offset());
    }

    /**
     * Reads an item. What a list itself holds needs no barrier but that of the list, which has been executed. Where
     * items begin is known here and need not be loaded from the array.
     */
    private static long loadItem(
            final Mutator mutator, final Shapes shapes, final long listRef, final long items, final int position) {
        final long offset = itemOffset(shapes, position);
        if (items != listRef) {
            mutator.readCardBarrier(items, offset);
        }
        mutator.checkRawLoad(items, offset);
        return Memory.getLong(mutator.segmentBase() + items + offset);
    }

    private static void storeItem(
            final Mutator mutator, final Shapes shapes, final long items, final int position, final long value) {
        final long offset = itemOffset(shapes, position);
        mutator.writeCardBarrier(items, offset);
        mutator.checkRawStore(items, offset);
        Memory.putLong(mutator.segmentBase() + items + offset, value);
    }

    private static long itemOffset(final Shapes shapes, final int position) {
        return shapes.firstItemOffset + ((long) position << LOG_BYTES_IN_ITEM);
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
        final boolean fits = count <= shapes.mostOwnItems;
        final long listRef = mutator.allocate(shapes.list, fits ? count : 0);
        if (count != 0) {
            final long items = fits ? listRef : mutator.allocate(shapes.array, count);
            for (int i = 0; i < count; i++) {
                mutator.putRefAt(items, i, mutator.root(base + i));
            }
            mutator.putLong(listRef, shapes.listExtent, extent(fits ? shapes.ownItems : 0, count));
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
        return countOf(mutator.getLong(listRef, shapes.listExtent));
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
        mutator.readBarrier(listRef);
        final long extent = load(mutator, listRef, shapes.listExtent);
        checkIndex("list_get", index, countOf(extent), line);
        return loadItem(
            mutator, shapes, listRef, load(mutator, listRef, shapes.listItems), firstOf(extent) + index);
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
        mutator.readBarrier(listRef);
        final long extent = load(mutator, listRef, shapes.listExtent);
        checkIndex("list_set", index, countOf(extent), line);
        storeItem(mutator, shapes, load(mutator, listRef, shapes.listItems), firstOf(extent) + index, value);
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
        mutator.readBarrier(listRef);
        final long extent = load(mutator, listRef, shapes.listExtent);
        final long items = load(mutator, listRef, shapes.listItems);
        final int end = firstOf(extent) + countOf(extent);
        if (items != Values.NONE && end < mutator.length(items)) {
            storeItem(mutator, shapes, items, end, value);
            mutator.putLong(listRef, shapes.listExtent, extent + 1);
        } else {
            growSlowPath(mutator, shapes, listRef, extent, items, value);
        }
    }

    private static void growSlowPath(
            final Mutator mutator, final Shapes shapes, final long listRef, final long extent, final long items,
            final long value) {
        final int count = countOf(extent);
        final long length = Math.max(SMALLEST_GROWN_ARRAY, count + (count < LARGE_ARRAY ? count : (long) count >> 1));
        final long grown = mutator.allocate(shapes.array, length);
        if (count != 0) {
            copyItems(mutator, items, itemOffset(shapes, firstOf(extent)), grown, itemOffset(shapes, 0), count);
        }
        mutator.putRefAt(grown, count, value);
        if (items == listRef) {
            for (int i = 0; i < count; i++) {
                storeItem(mutator, shapes, items, firstOf(extent) + i, Values.NONE);
            }
        }
        mutator.putLong(listRef, shapes.listExtent, extent(0, count + 1));
        mutator.putRef(listRef, shapes.listItems, grown);
    }

    /** Into an array, from another one or from a list itself: one barrier per card, then a plain copy. */
    private static void copyItems(
            final Mutator mutator, final long source, final long sourceOffset, final long target,
            final long targetOffset, final int count) {
        final long bytes = (long) count << LOG_BYTES_IN_ITEM;
        for (long offset = cardOf(sourceOffset); offset < sourceOffset + bytes; offset += ObjectHeader.BYTES_IN_CARD) {
            mutator.readCardBarrier(source, offset);
            mutator.checkRawLoad(source, offset);
        }
        for (long offset = cardOf(targetOffset); offset < targetOffset + bytes; offset += ObjectHeader.BYTES_IN_CARD) {
            mutator.writeCardBarrier(target, offset);
            mutator.checkRawStore(target, offset);
        }
        final long base = mutator.segmentBase();
        Memory.copyWords(base + source + sourceOffset, base + target + targetOffset, bytes);
    }

    private static long cardOf(final long offset) {
        return offset & ~(long) ObjectHeader.CARD_MASK;
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
        final long extent = mutator.getLong(listRef, shapes.listExtent);
        final int count = countOf(extent);
        checkIndex("list_pop", index, count, line);
        final long items = mutator.getRef(listRef, shapes.listItems);
        final int first = firstOf(extent);
        final long removed = loadItem(mutator, shapes, listRef, items, first + index);
        if (index < count >>> 1) {
            for (int i = first + index; i > first; i--) {
                storeItem(mutator, shapes, items, i, loadItem(mutator, shapes, listRef, items, i - 1));
            }
            storeItem(mutator, shapes, items, first, Values.NONE);
            mutator.putLong(listRef, shapes.listExtent, extent(first + 1, count - 1));
        } else {
            final int last = first + count - 1;
            for (int i = first + index; i < last; i++) {
                storeItem(mutator, shapes, items, i, loadItem(mutator, shapes, listRef, items, i + 1));
            }
            storeItem(mutator, shapes, items, last, Values.NONE);
            mutator.putLong(listRef, shapes.listExtent, extent(first, count - 1));
        }
        return removed;
    }

    private static void checkIndex(final String operation, final int index, final int count, final int line) {
        if (index < 0 || index >= count) {
            throw new DuhtonError(operation + ": index out of range", line);
        }
    }
}

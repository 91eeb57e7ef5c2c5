package org.segstm.bench.tool;

import org.segstm.heap.GlobalRoot;
import org.segstm.heap.Mutator;
import org.segstm.heap.SegmentHeap;
import org.segstm.heap.layout.ObjectLayout;

/** Old, committed objects, which never move again. */
public final class OldObjects {
    private static final int MOST_IN_TABLE = 1 << 16;

    private OldObjects() {
    }

    /**
     * Makes objects. Tables with global roots keep them alive.
     *
     * @param heap   to make them in.
     * @param table  layout of a table: variable refs.
     * @param number of objects.
     * @param maker  of each.
     * @return their refs, in the order of their making.
     */
    public static long[] make(
        final SegmentHeap heap, final ObjectLayout table, final int number, final Maker maker) {
        final long[] refs = new long[number];
        try (Mutator mutator = heap.attachMutator("setup")) {
            for (int first = 0; first < number; first += MOST_IN_TABLE) {
                final GlobalRoot root = heap.newGlobalRoot("objects from " + first);
                root.set(makeTable(mutator, table, refs, first, maker));
                mutator.commit();
            }
        }
        return refs;
    }

    private static long makeTable(
        final Mutator mutator, final ObjectLayout layout, final long[] refs, final int first, final Maker maker) {
        final int number = Math.min(MOST_IN_TABLE, refs.length - first);
        mutator.begin();
        mutator.push(mutator.allocate(layout, number));
        for (int i = 0; i < number; i++) {
            mutator.putRefAt(mutator.root(0), i, maker.make(mutator, first + i));
        }
        mutator.collectNursery();
        final long table = mutator.pop();
        for (int i = 0; i < number; i++) {
            refs[first + i] = mutator.getRefAt(table, i);
        }
        return table;
    }

    /** Allocates an object and stores what it begins with. */
    @FunctionalInterface
    public interface Maker {
        /**
         * Makes one; no safepoint.
         *
         * @param mutator in a transaction.
         * @param index   of the object.
         * @return its ref.
         */
        long make(Mutator mutator, int index);
    }
}

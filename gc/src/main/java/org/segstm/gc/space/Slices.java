package org.segstm.gc.space;

import org.segstm.heap.tx.WriteSet;

/** Walks over a write set; its slices say only whether they belong to the object before or to a card of some object. */
public final class Slices {
    private Slices() {
    }

    /**
     * Finds the object of each slice.
     *
     * @param space   that the objects lie in.
     * @param slices  to walk over, in their order.
     * @param visitor of each.
     */
    public static void forEach(final OldSpace space, final WriteSet slices, final Visitor visitor) {
        final ObjectFinder finder = new ObjectFinder(space);
        long objectRef = 0;
        int savedIndex = 0;
        for (int i = 0; i < slices.size(); i++) {
            final long slice = slices.slice(i);
            final long sliceRef = WriteSet.refOf(slice);
            if (WriteSet.is(slice, WriteSet.HEADER)) {
                objectRef = sliceRef;
            } else if (WriteSet.is(slice, WriteSet.CARD)) {
                objectRef = finder.startOf(sliceRef);
            }
            final int words = WriteSet.wordsOf(slice);
            visitor.visit(objectRef, sliceRef - objectRef, words, savedIndex);
            savedIndex += words;
        }
    }

    /** What is done with a slice. */
    @FunctionalInterface
    public interface Visitor {
        /**
         * Visits a slice.
         *
         * @param objectRef   of the object that it is a part of.
         * @param sliceOffset from the object's start, in bytes.
         * @param words       length.
         * @param savedIndex  of its first word in {@link WriteSet#savedWords()}.
         */
        void visit(long objectRef, long sliceOffset, int words, int savedIndex);
    }
}

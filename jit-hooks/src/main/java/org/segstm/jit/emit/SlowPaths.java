package org.segstm.jit.emit;

import org.segstm.bridge.Memory;
import org.segstm.heap.Mutator;
import org.segstm.heap.layout.ObjectHeader;
import org.segstm.heap.segment.Segment;
import org.segstm.heap.segment.SegmentMap;
import org.segstm.jit.Barriers;

import static org.segstm.heap.layout.ObjectHeader.LOG_BYTES_IN_CARD;
import static org.segstm.heap.layout.ObjectHeader.VARIABLE_LENGTH_OFFSET;

/** What generated code calls when a fast path did not do, or where inline code would be too large. */
public final class SlowPaths {
    private SlowPaths() {
    }

    /**
     * An object with variable part has the barrier flag: opens the card, unless it is open.
     *
     * @param mutator          that runs the transaction.
     * @param segmentBase      of the running transaction.
     * @param ref              of the object.
     * @param byteOffset       of the store in the object.
     * @param cardMarkDistance see {@link org.segstm.jit.HeapConstants}.
     */
    public static void writeCard(final Mutator mutator, final long segmentBase, final long ref, final long byteOffset,
        final long cardMarkDistance) {
        final long cardRef = Barriers.cardRef(ref, byteOffset);
        final boolean manyCards =
            (Memory.getByte(segmentBase + ref + ObjectHeader.FLAGS_OFFSET) & ObjectHeader.MULTI_CARD) != 0;
        if (!manyCards || Memory.getByte(segmentBase + (cardRef >>> SegmentMap.LOG_MARKER_SCALE) + cardMarkDistance)
            != Segment.CARD_REMEMBERED) {
            mutator.writeCardBarrier(ref, byteOffset);
        }
    }

    /**
     * Marks cards as read.
     *
     * @param segmentBase of the running transaction.
     * @param ref         of the object.
     * @param firstCard   its number in the object.
     * @param lastCard    its number in the object.
     * @param readVersion of the running transaction.
     */
    public static void readCards(final long segmentBase, final long ref, final long firstCard, final long lastCard,
        final byte readVersion) {
        for (long card = firstCard; card <= lastCard; card++) {
            Barriers.readBarrier(segmentBase, ref + (card << LOG_BYTES_IN_CARD), readVersion);
        }
    }

    /**
     * The same by the mutator, which is told of each.
     *
     * @param mutator   that runs the transaction.
     * @param ref       of the object.
     * @param firstCard its number in the object.
     * @param lastCard  its number in the object.
     */
    public static void readCards(final Mutator mutator, final long ref, final long firstCard, final long lastCard) {
        for (long card = firstCard; card <= lastCard; card++) {
            mutator.readCardBarrier(ref, card << LOG_BYTES_IN_CARD);
        }
    }

    /**
     * Opens cards for stores.
     *
     * @param mutator   that runs the transaction.
     * @param ref       of the object.
     * @param firstCard its number in the object.
     * @param lastCard  its number in the object.
     */
    public static void writeCards(final Mutator mutator, final long ref, final long firstCard, final long lastCard) {
        for (long card = firstCard; card <= lastCard; card++) {
            mutator.writeCardBarrier(ref, card << LOG_BYTES_IN_CARD);
        }
    }

    /**
     * Number of the last card of an object with variable part.
     *
     * @param segmentBase    of the running transaction.
     * @param ref            of the object.
     * @param variableOffset of its layout.
     * @param logScale       log2 of the bytes in an element.
     * @return number in the object.
     */
    public static long lastCard(
        final long segmentBase, final long ref, final long variableOffset, final int logScale) {
        final long length = Memory.getLong(segmentBase + ref + VARIABLE_LENGTH_OFFSET);
        return variableOffset + (length << logScale) - 1 >> LOG_BYTES_IN_CARD;
    }
}

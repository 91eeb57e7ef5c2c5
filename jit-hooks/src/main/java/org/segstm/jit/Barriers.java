package org.segstm.jit;

import org.segstm.bridge.Memory;
import org.segstm.heap.Mutator;
import org.segstm.heap.layout.ObjectHeader;
import org.segstm.heap.segment.Segment;
import org.segstm.heap.segment.SegmentMap;

import static org.segstm.heap.layout.ObjectHeader.CARD_MASK;
import static org.segstm.heap.layout.ObjectHeader.FLAGS_OFFSET;
import static org.segstm.heap.layout.ObjectHeader.MULTI_CARD;
import static org.segstm.heap.layout.ObjectHeader.WRITE_BARRIER;

/**
 * Read and write barriers of generated code.
 *
 * <pre>
 *  read:   byte [base + (ref &gt;&gt;&gt; 4)] = version
 *  write:  if (byte [base + ref] &amp; WRITE_BARRIER) mutator.writeBarrier(ref)
 * </pre>
 *
 * <p>Objects of a layout with variable part take the card variants, with the offset of the access; for them the granule
 * of a card's first byte stands for the card. A read barrier is good for all loads of the object (or card) up to the
 * next safepoint and may come after them; a write barrier comes before the stores and is good up to the next safepoint.
 * No barrier moves anything. An object that was allocated since the last safepoint needs none.
 */
public final class Barriers {
    private static final long CARD_START_MASK = ~(long) CARD_MASK;

    private Barriers() {
    }

    /**
     * Read barrier of an object without variable part. Not needed in no-STM mode, where it has no effect.
     *
     * @param segmentBase of the running transaction.
     * @param ref         of the object.
     * @param readVersion of the running transaction.
     */
    public static void readBarrier(final long segmentBase, final long ref, final byte readVersion) {
        Memory.putByte(segmentBase + (ref >>> SegmentMap.LOG_READ_MARKER_SCALE), readVersion);
    }

    /**
     * Read barrier of an object with variable part.
     *
     * @param segmentBase of the running transaction.
     * @param ref         of the object.
     * @param byteOffset  of the load in the object.
     * @param readVersion of the running transaction.
     */
    public static void readCardBarrier(
        final long segmentBase, final long ref, final long byteOffset, final byte readVersion) {
        readBarrier(segmentBase, cardRef(ref, byteOffset), readVersion);
    }

    /**
     * Does a store into an object without variable part have to take the slow path first?
     *
     * @param segmentBase of the running transaction.
     * @param ref         of the object.
     * @return true when {@link Mutator#writeBarrier} has to be called.
     */
    public static boolean needsWriteBarrier(final long segmentBase, final long ref) {
        return (Memory.getByte(segmentBase + ref + FLAGS_OFFSET) & WRITE_BARRIER) != 0;
    }

    /**
     * Does a store into an object with variable part have to take the slow path first? The flag of an object of several
     * cards stays set, so a second test tells whether the card is open.
     *
     * @param segmentBase of the running transaction.
     * @param ref         of the object.
     * @param byteOffset  of the store in the object.
     * @param heap        constants of the heap.
     * @return true when {@link Mutator#writeCardBarrier} has to be called.
     */
    public static boolean needsWriteCardBarrier(
        final long segmentBase, final long ref, final long byteOffset, final HeapConstants heap) {
        final int flags = Memory.getByte(segmentBase + ref + FLAGS_OFFSET);
        return (flags & WRITE_BARRIER) != 0
            && ((flags & MULTI_CARD) == 0 || isCardClosed(segmentBase, ref, byteOffset, heap));
    }

    private static boolean isCardClosed(
        final long segmentBase, final long ref, final long byteOffset, final HeapConstants heap) {
        final long markerAddress = segmentBase + (cardRef(ref, byteOffset) >>> SegmentMap.LOG_MARKER_SCALE);
        return Memory.getByte(markerAddress + heap.cardMarkDistance()) != Segment.CARD_REMEMBERED;
    }

    /**
     * Write barrier of an object without variable part, slow path included.
     *
     * @param mutator     that runs the transaction.
     * @param segmentBase of the running transaction.
     * @param ref         of the object.
     */
    public static void writeBarrier(final Mutator mutator, final long segmentBase, final long ref) {
        if (needsWriteBarrier(segmentBase, ref)) {
            mutator.writeBarrier(ref);
        }
    }

    /**
     * Write barrier of an object with variable part, slow path included.
     *
     * @param mutator     that runs the transaction.
     * @param segmentBase of the running transaction.
     * @param ref         of the object.
     * @param byteOffset  of the store in the object.
     * @param heap        constants of the heap.
     */
    public static void writeCardBarrier(final Mutator mutator, final long segmentBase, final long ref,
        final long byteOffset, final HeapConstants heap) {
        if (needsWriteCardBarrier(segmentBase, ref, byteOffset, heap)) {
            mutator.writeCardBarrier(ref, byteOffset);
        }
    }

    /**
     * First granule of the card that an offset lies in: what its markers belong to.
     *
     * @param ref        of the object.
     * @param byteOffset in the object.
     * @return ref of the card, aligned to {@link ObjectHeader#BYTES_IN_GRANULE}.
     */
    public static long cardRef(final long ref, final long byteOffset) {
        return ref + (byteOffset & CARD_START_MASK);
    }
}

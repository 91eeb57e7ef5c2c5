package org.segstm.gc.space;

import org.segstm.bridge.Memory;
import org.segstm.bridge.Platform;
import org.segstm.bridge.Reservation;
import org.segstm.heap.HeapContext;
import org.segstm.heap.segment.SegmentMap;

import static org.segstm.heap.layout.ObjectHeader.LOG_BYTES_IN_GRANULE;

/**
 * Where objects of the old space start: one bit per granule, beside the heap, memory taken as it is touched.
 *
 * <pre>
 *  word w, bit b:  an object starts at oldStart + (w &lt;&lt; 10) + (b &lt;&lt; 4)
 * </pre>
 *
 * <p>A word covers {@value #BYTES_COVERED_BY_WORD} bytes, a part of one heap page, and a page belongs to one segment or
 * to one large object. So whoever may allocate there is the only one to store the word: the stores are plain. Any
 * thread may test a bit; it sees a committed object's because that reached it through the commit log.
 */
public final class AllocationBitmap implements AutoCloseable {
    /** log2 of the heap bytes that a word covers. */
    public static final int LOG_BYTES_COVERED_BY_WORD = LOG_BYTES_IN_GRANULE + 6;
    /** Heap bytes that a word covers. */
    public static final int BYTES_COVERED_BY_WORD = 1 << LOG_BYTES_COVERED_BY_WORD;
    private static final int LOG_BYTES_IN_WORD = 3;

    private final Reservation reservation;
    private final long biasedAddress;

    /**
     * Makes an empty bitmap.
     *
     * @param map of the heap's segments.
     */
    public AllocationBitmap(final SegmentMap map) {
        final long pageBytes = Platform.pageBytes();
        final long needed = map.oldBytes() >>> LOG_BYTES_COVERED_BY_WORD << LOG_BYTES_IN_WORD;
        final long bytes = needed + pageBytes - 1 & -pageBytes;
        reservation = Reservation.reserve(bytes, pageBytes);
        reservation.mapAnonymous(0, bytes);
        biasedAddress = reservation.address() - wordOffset(map.oldStart());
    }

    /**
     * An object starts here from now on.
     *
     * @param ref of the object.
     */
    public void set(final long ref) {
        final long address = biasedAddress + wordOffset(ref);
        final long word = Memory.getLong(address);
        if (HeapContext.isChecked() && (word & bitOf(ref)) != 0) {
            throw new IllegalStateException("a slot is handed out once: ref=0x" + Long.toHexString(ref));
        }
        Memory.putLong(address, word | bitOf(ref));
    }

    /**
     * No object starts here any more.
     *
     * @param ref of the object that was.
     */
    public void clear(final long ref) {
        final long address = biasedAddress + wordOffset(ref);
        Memory.putLong(address, Memory.getLong(address) & ~bitOf(ref));
    }

    /**
     * Does an object start here? Any thread.
     *
     * @param ref in the old space, aligned.
     * @return true when it does.
     */
    public boolean isSet(final long ref) {
        return (Memory.getLongOpaque(biasedAddress + wordOffset(ref)) & bitOf(ref)) != 0;
    }

    /**
     * Does no object start in a range?
     *
     * @param ref   first byte, a multiple of what a word covers.
     * @param bytes length of the range, likewise.
     * @return true when there is none.
     */
    public boolean isRangeClear(final long ref, final long bytes) {
        final long end = biasedAddress + wordOffset(ref + bytes);
        for (long address = biasedAddress + wordOffset(ref); address < end; address += Long.BYTES) {
            if (Memory.getLong(address) != 0) {
                return false;
            }
        }
        return true;
    }

    /**
     * Replaces the bits of one word, after a collection.
     *
     * @param ref  in what the word covers.
     * @param bits one per granule.
     * @return the bits from before.
     */
    public long exchangeWord(final long ref, final long bits) {
        final long address = biasedAddress + wordOffset(ref);
        final long before = Memory.getLong(address);
        if (before != bits) {
            Memory.putLong(address, bits);
        }
        return before;
    }

    @Override
    public void close() {
        reservation.close();
    }

    private static long wordOffset(final long ref) {
        return ref >>> LOG_BYTES_COVERED_BY_WORD << LOG_BYTES_IN_WORD;
    }

    private static long bitOf(final long ref) {
        return 1L << (ref >>> LOG_BYTES_IN_GRANULE);
    }
}

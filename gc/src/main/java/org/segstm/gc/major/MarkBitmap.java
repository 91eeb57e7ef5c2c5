package org.segstm.gc.major;

import org.segstm.bridge.Memory;
import org.segstm.bridge.Platform;
import org.segstm.bridge.Reservation;
import org.segstm.heap.segment.SegmentMap;

import static org.segstm.gc.space.AllocationBitmap.LOG_BYTES_COVERED_BY_WORD;
import static org.segstm.heap.layout.ObjectHeader.LOG_BYTES_IN_GRANULE;
import static org.segstm.heap.layout.ObjectHeader.LOG_BYTES_IN_WORD;

/**
 * Which objects of the old space were reached: one bit per granule, laid out like the allocation bitmap, memory taken
 * as it is touched. All clear between collections. Several threads mark; the atomic or decides which of them goes on
 * with an object.
 */
final class MarkBitmap implements AutoCloseable {
    private final Reservation reservation;
    private final long biasedAddress;

    MarkBitmap(final SegmentMap map) {
        final long pageBytes = Platform.pageBytes();
        final long needed = wordOffset(map.oldBytes());
        final long bytes = needed + pageBytes - 1 & -pageBytes;
        reservation = Reservation.reserve(bytes, pageBytes);
        reservation.mapAnonymous(0, bytes);
        biasedAddress = reservation.address() - wordOffset(map.oldStart());
    }

    /** Marks an object; true for the one caller who did. */
    boolean mark(final long ref) {
        final long address = biasedAddress + wordOffset(ref);
        final long bit = 1L << (ref >>> LOG_BYTES_IN_GRANULE);
        return (Memory.getLongOpaque(address) & bit) == 0 && (Memory.getAndBitwiseOrLong(address, bit) & bit) == 0;
    }

    boolean isMarked(final long ref) {
        return (Memory.getLongOpaque(biasedAddress + wordOffset(ref)) & 1L << (ref >>> LOG_BYTES_IN_GRANULE)) != 0;
    }

    /** The word of a ref, which is cleared. One thread per word. */
    long takeWord(final long ref) {
        final long address = biasedAddress + wordOffset(ref);
        final long word = Memory.getLong(address);
        if (word != 0) {
            Memory.putLong(address, 0);
        }
        return word;
    }

    /** Clears all marks of a range, after a collection that failed. */
    void clear(final long fromRef, final long toRef) {
        final long offset = wordOffset(fromRef);
        Memory.clear(biasedAddress + offset, wordOffset(toRef) - offset);
    }

    @Override
    public void close() {
        reservation.close();
    }

    private static long wordOffset(final long ref) {
        return ref >>> LOG_BYTES_COVERED_BY_WORD << LOG_BYTES_IN_WORD;
    }
}

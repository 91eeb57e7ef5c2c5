package org.segstm.heap.sharing;

import org.segstm.bridge.Memory;
import org.segstm.bridge.Platform;
import org.segstm.bridge.Reservation;
import org.segstm.heap.segment.SegmentMap;

/**
 * Which segments hold which units of the old space privately: one word per unit, one bit per segment. Setting a bit is
 * a full fence, which is half of the rule that makes fresh objects safe: a segment announces a unit before it copies
 * or stores there, a committer looks at the word after its fresh objects are complete.
 */
public final class PageTable implements AutoCloseable {
    private final Reservation reservation;
    private final long tableAddress;
    private final long oldStart;
    private final int logBytesInUnit;
    private final long units;

    /**
     * Makes a table in which everything is shared.
     *
     * @param map       of the heap's segments.
     * @param unitBytes privatization unit, a power of two.
     */
    public PageTable(final SegmentMap map, final long unitBytes) {
        logBytesInUnit = Long.numberOfTrailingZeros(unitBytes);
        oldStart = map.oldStart();
        units = map.oldBytes() >>> logBytesInUnit;
        final long pageBytes = Platform.pageBytes();
        final long bytes = units * Long.BYTES + pageBytes - 1 & -pageBytes;
        reservation = Reservation.reserve(bytes, pageBytes);
        reservation.mapAnonymous(0, bytes);
        tableAddress = reservation.address();
    }

    /**
     * Number of units in the old space.
     *
     * @return the number.
     */
    public long units() {
        return units;
    }

    /**
     * Size of a unit.
     *
     * @return bytes.
     */
    public long unitBytes() {
        return 1L << logBytesInUnit;
    }

    /**
     * Unit of a ref.
     *
     * @param ref in the old space.
     * @return index from 0.
     */
    public long unitOf(final long ref) {
        return ref - oldStart >>> logBytesInUnit;
    }

    /**
     * Number of units that start before a ref.
     *
     * @param ref in the old space, or its end.
     * @return the number.
     */
    public long unitsBefore(final long ref) {
        return ref - oldStart + unitBytes() - 1 >>> logBytesInUnit;
    }

    /**
     * First ref of a unit.
     *
     * @param unit index.
     * @return ref.
     */
    public long refOf(final long unit) {
        return oldStart + (unit << logBytesInUnit);
    }

    /**
     * Who holds a unit privately, read without ordering.
     *
     * @param unit index.
     * @return a bit per segment.
     */
    public long holders(final long unit) {
        return Memory.getLong(tableAddress + (unit << 3));
    }

    /**
     * Does a segment hold a unit privately? Exact for the segment's own thread.
     *
     * @param unit index.
     * @param bit  of the segment.
     * @return true when it does.
     */
    public boolean isPrivate(final long unit, final long bit) {
        return (Memory.getLong(tableAddress + (unit << 3)) & bit) != 0;
    }

    /**
     * Announces that a segment holds a unit privately from now on. A full fence.
     *
     * @param unit index.
     * @param bit  of the segment.
     */
    public void announce(final long unit, final long bit) {
        Memory.getAndBitwiseOrLong(tableAddress + (unit << 3), bit);
    }

    /**
     * The segment shares the unit again.
     *
     * @param unit index.
     * @param bit  of the segment.
     */
    public void withdraw(final long unit, final long bit) {
        Memory.getAndBitwiseAndLong(tableAddress + (unit << 3), ~bit);
    }

    @Override
    public void close() {
        reservation.close();
    }
}

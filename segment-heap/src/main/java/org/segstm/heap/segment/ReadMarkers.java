package org.segstm.heap.segment;

import org.segstm.bridge.Memory;
import org.segstm.bridge.Platform;
import org.segstm.bridge.Reservation;
import org.segstm.heap.MarkerReset;
import org.segstm.heap.layout.ObjectHeader;
import org.segstm.heap.util.Units;

import java.util.function.LongSupplier;

/**
 * The read version of a segment and the reset of its markers. A marker says "read" when it equals the version, so a
 * begin makes all of them stale by taking the next version; only when the byte runs out do markers return to zero.
 *
 * <p>The barrier is a blind store, so the kernel is the one who knows which marker pages were touched:
 * {@code mincore(2)} lists the resident ones below the end of what is in use, and those are zeroed in place. When they
 * are many (a scan of a large heap), all are dropped instead and only what is touched again comes back. A small heap's
 * few marker pages are zeroed without asking. Nursery markers are never looked at and never reset.
 *
 * <p>While no transaction conflicts, several in a row share a version, so that markers return to zero less often: what
 * the earlier of them have read counts as read by the later ones too, which can make one abort that would not have to,
 * and nothing worse. Their number doubles after {@value #CALM_TRANSACTIONS} transactions without a conflict; a conflict
 * halves it, and the next transaction has a version of its own.
 */
public final class ReadMarkers {
    /** Property: heap bytes that share a read marker, see {@link #coveredBytes()}. */
    public static final String COVERED_BYTES_PROPERTY = "segstm.marker.bytes";
    /** Highest version; the next begin resets the markers. */
    public static final int MAXIMUM_VERSION = 0xFF;
    /** Most transactions that ever share a version. */
    public static final int MOST_SHARERS = 64;
    private static final int PAGES_TO_ZERO_UNASKED = 16;
    private static final int RESIDENT_PAGES_TO_KEEP = 4096;
    private static final byte RESIDENT = 1;
    private static final int CALM_TRANSACTIONS = 1024;

    private final Reservation reservation;
    private final long oldMarkersOffset;
    private final long oldMarkersBytes;
    private final long baseAddress;
    private final long versionAddress;
    private final MarkerReset way;
    private final long pageBytes = Platform.pageBytes();
    private final long oldStart;
    private LongSupplier usedEnd;
    private long vectorAddress;
    private int version;
    private long resets;
    private int mostSharers = MOST_SHARERS;
    private int sharers = 1;
    private int sharersLeft;
    private int calm;

    ReadMarkers(
        final Reservation reservation, final long segmentOffset, final SegmentMap map, final MarkerReset way) {
        this.reservation = reservation;
        this.baseAddress = reservation.address() + segmentOffset;
        this.versionAddress = baseAddress + SegmentMap.controlOffset() + ControlPage.READ_VERSION_OFFSET;
        this.oldMarkersOffset = segmentOffset + (map.oldStart() >>> SegmentMap.LOG_READ_MARKER_SCALE);
        this.oldMarkersBytes = map.oldBytes() >>> SegmentMap.LOG_READ_MARKER_SCALE;
        this.oldStart = map.oldStart();
        this.usedEnd = map::oldEnd;
        this.way = way;
    }

    /**
     * How many bytes of heap share a read marker. A property of the process, read once, so that the shift in the read
     * barrier stays a constant: {@code -Dsegstm.marker.bytes=64}. More of them mean fewer cache lines and pages of
     * markers, and conflicts between neighbours that have nothing to do with one another.
     *
     * @return 16 unless set, 32, 64 or 128.
     * @throws IllegalArgumentException when the property is something else.
     */
    public static int coveredBytes() {
        final long bytes = Units.parseBytes(COVERED_BYTES_PROPERTY,
            System.getProperty(COVERED_BYTES_PROPERTY, Integer.toString(ObjectHeader.BYTES_IN_GRANULE)));
        if (Long.bitCount(bytes) != 1 || bytes < ObjectHeader.BYTES_IN_GRANULE || bytes > ObjectHeader.BYTES_IN_CARD) {
            throw new IllegalArgumentException("a read marker must stand for 16, 32, 64 or 128 bytes: "
                + COVERED_BYTES_PROPERTY + "=" + bytes);
        }
        return (int) bytes;
    }

    /**
     * Set once: how far the old space is in use, so that a reset need not look at the rest.
     *
     * @param end supplies the ref after the last byte ever used.
     */
    public void usedEnd(final LongSupplier end) {
        usedEnd = end;
    }

    /**
     * Version of the running transaction.
     *
     * @return from 1 to {@value #MAXIMUM_VERSION}.
     */
    public int version() {
        return version;
    }

    /**
     * Version for a transaction that begins.
     *
     * @return the version.
     */
    public int beginVersion() {
        if (sharersLeft > 0) {
            sharersLeft--;
            return version;
        }
        calm += sharers;
        if (calm >= CALM_TRANSACTIONS) {
            calm = 0;
            sharers = Math.min(mostSharers, sharers << 1);
        }
        sharersLeft = sharers - 1;
        return nextVersion();
    }

    /** The running transaction conflicts: the next one gets a version of its own. */
    public void conflicted() {
        calm = 0;
        sharers = Math.max(1, sharers >> 1);
        sharersLeft = 0;
    }

    /**
     * Set once: how many transactions may share a version.
     *
     * @param most 1 when conflicts must be exact.
     */
    public void mostSharers(final int most) {
        mostSharers = most;
    }

    /**
     * Takes the next version: nothing counts as read any more.
     *
     * @return the version.
     */
    public int nextVersion() {
        if (version == MAXIMUM_VERSION) {
            reset();
        }
        version++;
        Memory.putLong(versionAddress, version);
        return version;
    }

    /**
     * For tests of the reset: goes on from another version.
     *
     * @param newVersion from 0 to {@value #MAXIMUM_VERSION}.
     */
    public void startFrom(final int newVersion) {
        version = newVersion;
        sharersLeft = 0;
    }

    /**
     * Was a granule marked by the running transaction?
     *
     * @param ref of the object or card.
     * @return true when it was.
     */
    public boolean isMarked(final long ref) {
        return Memory.getByte(baseAddress + (ref >>> SegmentMap.LOG_READ_MARKER_SCALE)) == (byte) version;
    }

    /**
     * Marks a granule as read.
     *
     * @param ref of the object or card.
     */
    public void mark(final long ref) {
        Memory.putByte(baseAddress + (ref >>> SegmentMap.LOG_READ_MARKER_SCALE), (byte) version);
    }

    /**
     * How often the markers were reset.
     *
     * @return number of resets.
     */
    public long resets() {
        return resets;
    }

    /**
     * Verifier only: finds a marker of a version that was not given out since the last reset.
     *
     * @return ref of its granule, or 0 when there is none.
     */
    public long findForeignMark() {
        final long end = markerOffset(usedEnd.getAsLong());
        for (long offset = markerOffset(oldStart); offset < end; offset += Long.BYTES) {
            if (Memory.getLong(baseAddress + offset) != 0) {
                for (long marker = offset; marker < offset + Long.BYTES; marker++) {
                    if (Byte.toUnsignedInt(Memory.getByte(baseAddress + marker)) > version) {
                        return marker << SegmentMap.LOG_READ_MARKER_SCALE;
                    }
                }
            }
        }
        return 0;
    }

    private static long markerOffset(final long ref) {
        return ref >>> SegmentMap.LOG_READ_MARKER_SCALE;
    }

    void close() {
        if (vectorAddress != 0) {
            Memory.free(vectorAddress);
            vectorAddress = 0;
        }
    }

    private void reset() {
        resets++;
        version = 0;
        final long usedBytes = usedEnd.getAsLong() - oldStart >>> SegmentMap.LOG_READ_MARKER_SCALE;
        final long bytes = usedBytes + pageBytes - 1 & -pageBytes;
        if (way == MarkerReset.MEMSET && bytes <= PAGES_TO_ZERO_UNASKED * pageBytes) {
            Memory.clear(reservation.address() + oldMarkersOffset, bytes);
        } else if (way == MarkerReset.MADVISE || !zeroResidentPages(bytes)) {
            reservation.discard(oldMarkersOffset, Math.max(pageBytes, bytes));
        }
    }

    private boolean zeroResidentPages(final long bytes) {
        final long pages = bytes / pageBytes;
        if (vectorAddress == 0) {
            vectorAddress = Memory.allocate(oldMarkersBytes / pageBytes + Long.BYTES);
        }
        reservation.residentPages(oldMarkersOffset, bytes, vectorAddress);
        final long markers = reservation.address() + oldMarkersOffset;
        int zeroed = 0;
        long page = 0;
        while (page < pages) {
            if (pages - page >= Long.BYTES && Memory.getLong(vectorAddress + page) == 0) {
                page += Long.BYTES;
                continue;
            }
            if ((Memory.getByte(vectorAddress + page) & RESIDENT) != 0) {
                if (++zeroed > RESIDENT_PAGES_TO_KEEP) {
                    return false;
                }
                Memory.clear(markers + page * pageBytes, pageBytes);
            }
            page++;
        }
        return true;
    }
}

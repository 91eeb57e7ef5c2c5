package org.segstm.heap.sharing;

import org.segstm.bridge.MemoryFile;
import org.segstm.bridge.Reservation;
import org.segstm.heap.segment.SegmentMap;

/** Where the old space of each view lies in the reservation and in the file; shared by the strategies. */
public final class OldSpaceMapping {
    private final Reservation reservation;
    private final MemoryFile file;
    private final SegmentMap map;
    private final long unitBytes;

    /**
     * Describes the mapping.
     *
     * @param reservation of all segments.
     * @param file        behind the old spaces; the base's part comes first.
     * @param map         of a segment.
     * @param unitBytes   privatization unit.
     */
    public OldSpaceMapping(
        final Reservation reservation, final MemoryFile file, final SegmentMap map, final long unitBytes) {
        this.reservation = reservation;
        this.file = file;
        this.map = map;
        this.unitBytes = unitBytes;
    }

    Reservation reservation() {
        return reservation;
    }

    MemoryFile file() {
        return file;
    }

    long oldBytes() {
        return map.oldBytes();
    }

    long unitBytes() {
        return unitBytes;
    }

    /** Offset in the reservation of a unit of a view. */
    long viewOffset(final int segment, final long unit) {
        return segment * map.segmentBytes() + map.oldStart() + unit * unitBytes;
    }

    /** Offset in the file of the base's unit. */
    long baseFileOffset(final long unit) {
        return unit * unitBytes;
    }

    /** Offset in the file of a segment's own copy of a unit. */
    long ownFileOffset(final int segment, final long unit) {
        return segment * map.oldBytes() + unit * unitBytes;
    }
}

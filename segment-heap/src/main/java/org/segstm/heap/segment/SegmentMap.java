package org.segstm.heap.segment;

import org.segstm.bridge.Platform;
import org.segstm.heap.layout.ObjectHeader;

/**
 * Where things lie in a segment; the same for all segments of a heap. All offsets are from the segment's base, so that
 * an offset into nursery or old space is a ref.
 *
 * <pre>
 *  0           page          s/16                s/16 + d            s/8            nurseryEnd         s = segmentBytes
 *  +-----------+---------+---+-------------------+-------------------+--------------+------------------+
 *  | null page | control |   | read markers      | card write marks  | nursery      | old space        |
 *  | PROT_NONE | page    |   | at ref &gt;&gt;&gt; 4 | at (ref&gt;&gt;&gt;4) + d | private      | shared           |
 *  +-----------+---------+---+-------------------+-------------------+--------------+------------------+
 * </pre>
 *
 * <p>The markers of nursery and old space start at {@code nurseryStart >>> 4}, far behind the control page, so no table
 * and no subtraction is needed to find one. Write marks of cards exist for objects of several cards only.
 *
 * <p>One read marker stands for a granule, or for the 2, 4 or 8 granules of {@link ReadMarkers#coveredBytes()}; they
 * lie lower then, at {@code ref >>> 5} to {@code ref >>> 7}. Write marks do not move: one granule's must not open
 * another's.
 */
public final class SegmentMap {
    /** log2 of the heap bytes covered by the write mark of a card's first granule. */
    public static final int LOG_MARKER_SCALE = ObjectHeader.LOG_BYTES_IN_GRANULE;
    /** log2 of the heap bytes covered by one read marker; a constant for the JIT, whatever it was set to. */
    public static final int LOG_READ_MARKER_SCALE = Long.numberOfTrailingZeros(ReadMarkers.coveredBytes());
    private static final long SEGMENT_ALIGNMENT = 2L << 20;
    private static final long NURSERY_ALIGNMENT = 64L << 10;
    private static final int LOG_PRIVATE_SHARE = 3;

    private final long segmentBytes;
    private final long nurseryStart;
    private final long nurseryEnd;
    private final long oldStart;

    /**
     * Lays out a segment.
     *
     * @param nurseryBytes wanted size of the nursery.
     * @param heapBytes    wanted size of the old space.
     */
    public SegmentMap(final long nurseryBytes, final long heapBytes) {
        final long nursery = align(nurseryBytes, NURSERY_ALIGNMENT);
        final long heap = align(heapBytes, SEGMENT_ALIGNMENT);
        final long share = (1L << LOG_PRIVATE_SHARE) - 1;
        final long needed = align(nursery, SEGMENT_ALIGNMENT) + heap + SEGMENT_ALIGNMENT;
        segmentBytes = align(needed + (needed + share - 1) / share, SEGMENT_ALIGNMENT << LOG_PRIVATE_SHARE);
        oldStart = segmentBytes - heap;
        nurseryEnd = oldStart;
        nurseryStart = nurseryEnd - nursery;
        if (nurseryStart < segmentBytes >>> LOG_PRIVATE_SHARE
            || markersStart() < controlOffset() + Platform.pageBytes()) {
            throw new IllegalStateException("segment map does not fit: " + this);
        }
    }

    /**
     * Offset of the control page: the page after the null page.
     *
     * @return offset in bytes.
     */
    public static long controlOffset() {
        return Platform.pageBytes();
    }

    /**
     * Size of a segment.
     *
     * @return bytes, a multiple of 2 MiB.
     */
    public long segmentBytes() {
        return segmentBytes;
    }

    /**
     * First ref of the nursery.
     *
     * @return ref.
     */
    public long nurseryStart() {
        return nurseryStart;
    }

    /**
     * End of the nursery, which is where the old space starts.
     *
     * @return ref after the last of the nursery.
     */
    public long nurseryEnd() {
        return nurseryEnd;
    }

    /**
     * First ref of the old space, a multiple of 2 MiB.
     *
     * @return ref.
     */
    public long oldStart() {
        return oldStart;
    }

    /**
     * End of the old space and of the segment.
     *
     * @return ref after the last.
     */
    public long oldEnd() {
        return segmentBytes;
    }

    /**
     * Size of the old space.
     *
     * @return bytes, a multiple of 2 MiB.
     */
    public long oldBytes() {
        return segmentBytes - oldStart;
    }

    /**
     * Is a ref in the old space?
     *
     * @param ref of an object.
     * @return true when it is not in the nursery.
     */
    public boolean isOldSpace(final long ref) {
        return ref >= oldStart;
    }

    /**
     * Does a ref lie in nursery or old space, aligned?
     *
     * @param ref any number.
     * @return true when an object could start there.
     */
    public boolean isPlausible(final long ref) {
        return ref >= nurseryStart && ref < segmentBytes && (ref & ObjectHeader.GRANULE_MASK) == 0;
    }

    /**
     * Offset of the first marker in use.
     *
     * @return offset in bytes.
     */
    public long markersStart() {
        return nurseryStart >>> LOG_READ_MARKER_SCALE;
    }

    /**
     * Distance from where a granule's read marker usually is, {@code ref >>> 4}, to its card write mark.
     *
     * @return bytes.
     */
    public long cardMarkDistance() {
        return segmentBytes >>> LOG_MARKER_SCALE;
    }

    private static long align(final long bytes, final long alignment) {
        return bytes + alignment - 1 & -alignment;
    }

    @Override
    public String toString() {
        return String.format("SegmentMap{nurseryStart=0x%x, oldStart=0x%x, segmentBytes=0x%x}",
            nurseryStart, oldStart, segmentBytes);
    }
}

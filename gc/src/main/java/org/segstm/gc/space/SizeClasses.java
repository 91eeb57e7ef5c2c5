package org.segstm.gc.space;

import org.segstm.heap.layout.ObjectHeader;

import java.util.Arrays;

import static org.segstm.gc.space.HeapPage.BYTES_IN_PAGE;
import static org.segstm.heap.layout.ObjectHeader.BYTES_IN_GRANULE;
import static org.segstm.heap.layout.ObjectHeader.LOG_BYTES_IN_GRANULE;

/**
 * The slot sizes of small objects: every granule up to 256 bytes, then what divides a page well, then four steps per
 * doubling up to 8 KiB.
 *
 * <p>Slots of most classes do not straddle pages: a page holds as many as fit and a rest of at most a sixteenth. Such
 * an object lies in one privatization unit, so that a store to it makes one page private and a collector finds it in
 * one view as a whole. The few classes that would waste more fill their block without regard to pages.
 */
public final class SizeClasses {
    /** Largest object that lives in a slot. */
    public static final int MAXIMUM_SLOT_BYTES = 2 * BYTES_IN_PAGE;
    private static final int FINE_STEPS_END = 256;
    private static final int[] SLOTS_PER_PAGE_STEPS = {13, 12, 10, 9, 8, 7, 6, 5, 4, 3};
    private static final int LOG_STEPS_PER_DOUBLING = 2;
    private static final int LOG_WASTE_SHARE = 4;

    private static final int[] SLOT_BYTES = slotBytesTable();
    /** Number of size classes; fits the bits of a long. */
    public static final int COUNT = SLOT_BYTES.length;
    private static final byte[] CLASS_OF_GRANULES = classTable();

    private SizeClasses() {
    }

    /**
     * Class of the smallest slot that holds an object.
     *
     * @param bytes size from 1 to {@link #MAXIMUM_SLOT_BYTES}.
     * @return index of the class.
     */
    public static int classOf(final int bytes) {
        return CLASS_OF_GRANULES[bytes + ObjectHeader.GRANULE_MASK >>> LOG_BYTES_IN_GRANULE];
    }

    /**
     * Size of the slots of a class.
     *
     * @param sizeClass index of the class.
     * @return bytes, a multiple of the granule.
     */
    public static int slotBytes(final int sizeClass) {
        return SLOT_BYTES[sizeClass];
    }

    /**
     * Do the slots of a class keep to pages?
     *
     * @param sizeClass index of the class.
     * @return true when none straddles two pages.
     */
    public static boolean keepsToPages(final int sizeClass) {
        return BYTES_IN_PAGE % SLOT_BYTES[sizeClass] <= BYTES_IN_PAGE >>> LOG_WASTE_SHARE;
    }

    /**
     * Slots lie one after the other in regions: pages, or the whole block.
     *
     * @param sizeClass  index of the class.
     * @param blockBytes size of the block.
     * @return bytes in a region, of which slots fill the first part.
     */
    public static long regionBytes(final int sizeClass, final long blockBytes) {
        return keepsToPages(sizeClass) ? BYTES_IN_PAGE : blockBytes;
    }

    /**
     * How many slots a block has.
     *
     * @param sizeClass  index of the class.
     * @param blockBytes size of the block, whole pages.
     * @return number of slots.
     */
    public static long slotsIn(final int sizeClass, final long blockBytes) {
        final long regionBytes = regionBytes(sizeClass, blockBytes);
        return blockBytes / regionBytes * (regionBytes / SLOT_BYTES[sizeClass]);
    }

    private static int[] slotBytesTable() {
        final int[] table = new int[Long.SIZE];
        int count = 0;
        for (int bytes = BYTES_IN_GRANULE; bytes <= FINE_STEPS_END; bytes += BYTES_IN_GRANULE) {
            table[count++] = bytes;
        }
        for (final int slotsPerPage : SLOTS_PER_PAGE_STEPS) {
            table[count++] = BYTES_IN_PAGE / slotsPerPage & -BYTES_IN_GRANULE;
        }
        final int stepsPerDoubling = 1 << LOG_STEPS_PER_DOUBLING;
        for (int power = Integer.highestOneBit(table[count - 1]); power < MAXIMUM_SLOT_BYTES; power <<= 1) {
            for (int step = 1; step <= stepsPerDoubling; step++) {
                final int bytes = power + (power >>> LOG_STEPS_PER_DOUBLING) * step;
                if (bytes > table[count - 1]) {
                    table[count++] = bytes;
                }
            }
        }
        return Arrays.copyOf(table, count);
    }

    private static byte[] classTable() {
        final byte[] table = new byte[(MAXIMUM_SLOT_BYTES >>> LOG_BYTES_IN_GRANULE) + 1];
        int sizeClass = 0;
        for (int granules = 0; granules < table.length; granules++) {
            if (granules << LOG_BYTES_IN_GRANULE > SLOT_BYTES[sizeClass]) {
                sizeClass++;
            }
            table[granules] = (byte) sizeClass;
        }
        return table;
    }
}

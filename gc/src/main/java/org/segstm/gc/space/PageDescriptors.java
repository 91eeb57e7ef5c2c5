package org.segstm.gc.space;

import org.segstm.bridge.Memory;
import org.segstm.bridge.Platform;
import org.segstm.bridge.Reservation;
import org.segstm.heap.segment.SegmentMap;

import static org.segstm.gc.space.HeapPage.LOG_BYTES_IN_PAGE;

/**
 * A {@link PageDescriptor} for each page of the old space, beside the heap, memory taken as it is touched. A descriptor
 * is stored by whoever holds the page: after it was taken from the page allocator and before it is given back, whose
 * lock orders the two.
 */
public final class PageDescriptors implements AutoCloseable {
    private static final int LOG_BYTES_IN_DESCRIPTOR = 3;

    private final Reservation reservation;
    private final long oldStart;

    /**
     * Makes the table; all pages are {@link PageDescriptor#NOTHING}.
     *
     * @param map of the heap's segments.
     */
    public PageDescriptors(final SegmentMap map) {
        final long pageBytes = Platform.pageBytes();
        final long needed = map.oldBytes() >>> LOG_BYTES_IN_PAGE << LOG_BYTES_IN_DESCRIPTOR;
        final long bytes = needed + pageBytes - 1 & -pageBytes;
        oldStart = map.oldStart();
        reservation = Reservation.reserve(bytes, pageBytes);
        reservation.mapAnonymous(0, bytes);
    }

    /**
     * Page of a ref.
     *
     * @param ref in the old space.
     * @return index of the page.
     */
    public long pageOf(final long ref) {
        return ref - oldStart >>> LOG_BYTES_IN_PAGE;
    }

    /**
     * First ref of a page.
     *
     * @param page index.
     * @return ref.
     */
    public long refOf(final long page) {
        return oldStart + (page << LOG_BYTES_IN_PAGE);
    }

    /**
     * Descriptor of a page.
     *
     * @param page index.
     * @return the descriptor.
     */
    public long get(final long page) {
        return Memory.getLong(addressOf(page));
    }

    /**
     * Descriptor of the page of a ref.
     *
     * @param ref in the old space.
     * @return the descriptor.
     */
    public long of(final long ref) {
        return get(pageOf(ref));
    }

    /**
     * First ref of the block that a page belongs to.
     *
     * @param page       index.
     * @param descriptor of the page.
     * @return ref.
     */
    public long blockRef(final long page, final long descriptor) {
        return refOf(page - PageDescriptor.indexInBlock(descriptor));
    }

    void put(final long page, final long descriptor) {
        Memory.putLong(addressOf(page), descriptor);
    }

    @Override
    public void close() {
        reservation.close();
    }

    private long addressOf(final long page) {
        return reservation.address() + (page << LOG_BYTES_IN_DESCRIPTOR);
    }
}

package org.segstm.gc.space;

import org.segstm.heap.OutOfHeapException;
import org.segstm.heap.segment.SegmentMap;
import org.segstm.heap.world.Pressure;

import java.util.ArrayList;
import java.util.List;

import static org.segstm.gc.space.HeapPage.LOG_BYTES_IN_PAGE;
import static org.segstm.gc.space.HeapPage.bytesIn;
import static org.segstm.gc.space.HeapPage.pagesFor;

/**
 * The old space of a heap: blocks for the small objects of one segment and size class, page runs for large objects.
 * Any thread may take and give back; what it took is its own until then.
 */
public final class OldSpace implements AutoCloseable {
    private static final long MAXIMUM_BLOCK_PAGES = 16;
    private static final long MINIMUM_BLOCK_PAGES = pagesFor(SizeClasses.MAXIMUM_SLOT_BYTES);
    private static final long BLOCKS_PER_SEGMENT = 256;

    private final SegmentMap map;
    private final PageRunAllocator runs;
    private final AllocationBitmap bitmap;
    private final PageDescriptors descriptors;
    private final long blockPages;
    private final Pressure pressure;
    private final PartialBlocks partialBlocks;
    private final List<SegmentSpace> segmentSpaces = new ArrayList<>();

    /**
     * Makes an empty old space.
     *
     * @param map      of the heap's segments.
     * @param segments number of segments that will allocate.
     */
    public OldSpace(final SegmentMap map, final int segments) {
        this(map, segments, new Pressure(map.oldBytes()));
    }

    /**
     * Makes an empty old space.
     *
     * @param map      of the heap's segments.
     * @param segments number of segments that will allocate.
     * @param pressure is told when more is handed out, and when there is nothing left.
     */
    public OldSpace(final SegmentMap map, final int segments, final Pressure pressure) {
        this.pressure = pressure;
        this.map = map;
        this.runs = new PageRunAllocator(map.oldBytes() >>> LOG_BYTES_IN_PAGE);
        this.bitmap = new AllocationBitmap(map);
        this.descriptors = new PageDescriptors(map);
        this.blockPages = blockPages(runs.totalPages(), segments);
        this.partialBlocks = new PartialBlocks(descriptors);
    }

    /** Segments keep an open block per size class: in a small heap they must not use it up with that. */
    private static long blockPages(final long totalPages, final int segments) {
        final long pages = Long.highestOneBit(totalPages / (segments * BLOCKS_PER_SEGMENT));
        return Math.max(MINIMUM_BLOCK_PAGES, Math.min(MAXIMUM_BLOCK_PAGES, pages));
    }

    /**
     * Which objects exist.
     *
     * @return the bitmap.
     */
    public AllocationBitmap bitmap() {
        return bitmap;
    }

    /**
     * What the pages are used for.
     *
     * @return the table.
     */
    public PageDescriptors descriptors() {
        return descriptors;
    }

    /**
     * Free and used pages.
     *
     * @return the page allocator.
     */
    public PageRunAllocator runs() {
        return runs;
    }

    /**
     * Usual size of a block. When no such run is free, blocks become as small as their slots permit.
     *
     * @return bytes, whole pages.
     */
    public long blockBytes() {
        return bytesIn(blockPages);
    }

    /**
     * Bytes handed out.
     *
     * @return bytes, whole pages.
     */
    public long usedBytes() {
        return bytesIn(runs.usedPages());
    }

    /**
     * End of what was ever used.
     *
     * @return ref after the last byte ever handed out.
     */
    public long usedEnd() {
        return map.oldStart() + bytesIn(runs.firstUntouched());
    }

    /**
     * Map of the heap's segments.
     *
     * @return the map.
     */
    public SegmentMap map() {
        return map;
    }

    /**
     * Pins the block of a running transaction's object: only its segment may allocate there until the next major
     * collection, as it may free the object. All threads that call this meanwhile store the same.
     *
     * @param ref of the object.
     */
    public void pin(final long ref) {
        final long page = descriptors.pageOf(ref);
        final long descriptor = descriptors.get(page);
        if (PageDescriptor.isBlock(descriptor)) {
            final long first = page - PageDescriptor.indexInBlock(descriptor);
            descriptors.put(first, PageDescriptor.pinned(descriptors.get(first)));
        }
    }

    void register(final SegmentSpace segmentSpace) {
        segmentSpaces.add(segmentSpace);
    }

    /** Before a sweep: all stand still. */
    void forgetFreeSlots() {
        partialBlocks.clear();
        segmentSpaces.forEach(SegmentSpace::forgetFreeSlots);
    }

    /** A swept block has free slots: they are its segment's when it is pinned, else anybody's. */
    void addPartialBlock(final long blockRef) {
        final long page = descriptors.pageOf(blockRef);
        final long descriptor = descriptors.get(page);
        final int sizeClass = PageDescriptor.sizeClass(descriptor);
        if (PageDescriptor.isPinned(descriptor)) {
            descriptors.put(page, PageDescriptor.unpinned(descriptor));
            for (final SegmentSpace segmentSpace : segmentSpaces) {
                if (segmentSpace.index() == PageDescriptor.owner(descriptor)) {
                    segmentSpace.addPartialBlock(sizeClass, blockRef);
                }
            }
        } else {
            partialBlocks.add(sizeClass, blockRef);
        }
    }

    /** A block that has free slots, the segment's from now on, or 0. */
    long takePartialBlock(final int sizeClass, final int owner) {
        return partialBlocks.take(sizeClass, owner);
    }

    /**
     * Takes a block; nothing is allocated in it.
     *
     * @param sizeClass of its slots.
     * @param owner     index of the segment.
     * @return ref of its first byte; its descriptor tells its size.
     * @throws OutOfHeapException when no page run is long enough for a slot.
     */
    long takeBlock(final int sizeClass, final int owner) {
        long pages = blockPages;
        long run = runs.allocate(pages);
        if (run == PageRun.NONE) {
            pages = pagesFor(SizeClasses.slotBytes(sizeClass));
            run = takeRun(pages, SizeClasses.slotBytes(sizeClass));
        }
        final long start = PageRun.startPage(run);
        for (int i = 0; i < pages; i++) {
            descriptors.put(start + i, PageDescriptor.block(sizeClass, owner, i, pages));
        }
        return descriptors.refOf(start);
    }

    long bytesOfBlock(final long blockRef) {
        return bytesIn(PageDescriptor.pages(descriptors.of(blockRef)));
    }

    Pressure pressure() {
        return pressure;
    }

    /**
     * Does no object exist in a block?
     *
     * @param blockRef ref of its first byte.
     * @return true when it can be given back.
     */
    boolean isBlockEmpty(final long blockRef) {
        return bitmap.isRangeClear(blockRef, bytesOfBlock(blockRef));
    }

    /**
     * Gives a block back.
     *
     * @param blockRef ref of its first byte; it is empty.
     */
    void giveBlockBack(final long blockRef) {
        final long start = descriptors.pageOf(blockRef);
        final long pages = PageDescriptor.pages(descriptors.get(start));
        for (long page = start; page < start + pages; page++) {
            descriptors.put(page, PageDescriptor.NOTHING);
        }
        runs.free(start, pages);
    }

    /**
     * Allocates an object in pages of its own.
     *
     * @param bytes its size.
     * @param owner index of the segment.
     * @return the {@link PageRun} it lies in.
     * @throws OutOfHeapException when no page run is long enough.
     */
    long allocateLarge(final long bytes, final int owner) {
        final long pages = pagesFor(bytes);
        final long run = takeRun(pages, bytes);
        final long start = PageRun.startPage(run);
        descriptors.put(start, PageDescriptor.large(owner, pages));
        bitmap.set(descriptors.refOf(start));
        return run;
    }

    /**
     * Frees an object that has pages of its own.
     *
     * @param ref of the object.
     */
    void freeLarge(final long ref) {
        final long start = descriptors.pageOf(ref);
        final long pages = PageDescriptor.pages(descriptors.get(start));
        bitmap.clear(ref);
        descriptors.put(start, PageDescriptor.NOTHING);
        runs.free(start, pages);
    }

    @Override
    public void close() {
        bitmap.close();
        descriptors.close();
    }

    private long takeRun(final long pages, final long requestedBytes) {
        final long run = runs.allocate(pages);
        if (run == PageRun.NONE) {
            throw pressure.outOfHeap(requestedBytes, usedBytes(), bytesIn(runs.largestFreeRun()));
        }
        return run;
    }
}

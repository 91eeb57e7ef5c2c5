package org.segstm.gc.space;

import org.segstm.heap.util.LongList;
import org.segstm.heap.world.Pressure;

import static org.segstm.gc.space.HeapPage.bytesIn;

/**
 * Allocation in the old space for one segment. Used by one thread at a time, the one that runs in the segment; only
 * blocks and large objects take a lock. Content of what it hands out is undefined unless said otherwise.
 */
public final class SegmentSpace {
    private final OldSpace space;
    private final int segment;
    private final SlotAllocator[] slots = new SlotAllocator[SizeClasses.COUNT];
    private final LongList leavingBlocks = new LongList();
    private final boolean countsUncommitted;
    private long grownClasses;
    /** Taken by the running transaction, as {@link Pressure} knows it. */
    private long uncommittedBytes;

    /**
     * Makes the allocator of a segment.
     *
     * @param space       to allocate in.
     * @param segment     index of the segment.
     * @param untilCommit does nothing that a transaction has made die before its end? Not in no-STM mode.
     */
    public SegmentSpace(final OldSpace space, final int segment, final boolean untilCommit) {
        this.space = space;
        this.segment = segment;
        this.countsUncommitted = untilCommit;
        for (int sizeClass = 0; sizeClass < slots.length; sizeClass++) {
            slots[sizeClass] = new SlotAllocator(space, this, sizeClass);
        }
        space.register(this);
    }

    /**
     * The space it allocates in.
     *
     * @return the old space.
     */
    public OldSpace space() {
        return space;
    }

    /**
     * Allocates an object.
     *
     * @param bytes its size.
     * @return its ref.
     * @throws org.segstm.heap.OutOfHeapException when there is no room; nothing has changed then.
     */
    public long allocate(final long bytes) {
        if (bytes <= SizeClasses.MAXIMUM_SLOT_BYTES) {
            return slots[SizeClasses.classOf((int) bytes)].allocate();
        }
        return refOf(allocateLarge(bytes));
    }

    /**
     * Allocates an object in pages of its own.
     *
     * @param bytes its size.
     * @return the {@link PageRun} it lies in.
     * @throws org.segstm.heap.OutOfHeapException when there is no room; nothing has changed then.
     */
    public long allocateLarge(final long bytes) {
        final long run = space.allocateLarge(bytes, segment);
        took(bytesIn(HeapPage.pagesFor(bytes)));
        return run;
    }

    /**
     * Ref of the object in a run.
     *
     * @param run that {@link #allocateLarge} returned.
     * @return ref.
     */
    public long refOf(final long run) {
        return space.descriptors().refOf(PageRun.startPage(run));
    }

    /**
     * Bytes at the start of a run that have to be cleared, the others being zero.
     *
     * @param run that {@link #allocateLarge} returned.
     * @return bytes, whole pages.
     */
    public static long dirtyBytesOf(final long run) {
        return bytesIn(PageRun.dirtyPages(run));
    }

    /**
     * Frees an object that this segment allocated. Nobody can reach it. Its memory is not touched.
     *
     * @param ref of the object.
     */
    public void free(final long ref) {
        final long descriptor = space.descriptors().of(ref);
        if (PageDescriptor.isBlock(descriptor)) {
            slots[PageDescriptor.sizeClass(descriptor)].free(ref);
        } else {
            space.freeLarge(ref);
            gaveBack(bytesIn(PageDescriptor.pages(descriptor)));
        }
    }

    /** What was allocated so far stays. */
    public void commit() {
        grownClasses = 0;
        if (uncommittedBytes != 0) {
            space.pressure().memoryCommitted(uncommittedBytes, space.usedBytes());
            uncommittedBytes = 0;
        }
    }

    /** All that was allocated since the last commit was freed: gives the blocks back that were taken for it. */
    public void rollback() {
        giveEmptyBlocksBack();
        grownClasses = 0;
        gaveBack(uncommittedBytes);
    }

    /** Gives those blocks back that were taken since the last commit and are empty again. */
    public void giveEmptyBlocksBack() {
        for (long classes = grownClasses; classes != 0; classes &= classes - 1) {
            slots[Long.numberOfTrailingZeros(classes)].giveEmptyBlocksBack(leavingBlocks);
        }
    }

    /** A major collection is about to sweep: what was known to be free is found anew. */
    void forgetFreeSlots() {
        for (final SlotAllocator allocator : slots) {
            allocator.forgetFreeSlots();
        }
    }

    void addPartialBlock(final int sizeClass, final long blockRef) {
        slots[sizeClass].addPartialBlock(blockRef);
    }

    int index() {
        return segment;
    }

    long takeBlock(final int sizeClass) {
        final long blockRef = space.takeBlock(sizeClass, segment);
        grownClasses |= 1L << sizeClass;
        took(space.bytesOfBlock(blockRef));
        return blockRef;
    }

    void giveBlockBack(final long blockRef) {
        gaveBack(space.bytesOfBlock(blockRef));
        space.giveBlockBack(blockRef);
    }

    private void took(final long bytes) {
        if (countsUncommitted) {
            uncommittedBytes += bytes;
            space.pressure().uncommittedMemoryGrew(bytes);
        }
        space.pressure().usedMemoryGrew(space.usedBytes());
    }

    /** Some of it may be of an earlier transaction. */
    private void gaveBack(final long bytes) {
        final long counted = Math.min(bytes, uncommittedBytes);
        if (counted != 0) {
            uncommittedBytes -= counted;
            space.pressure().uncommittedMemoryGrew(-counted);
        }
    }
}

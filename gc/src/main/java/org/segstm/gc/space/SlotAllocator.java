package org.segstm.gc.space;

import org.segstm.heap.util.LongList;

import static org.segstm.gc.space.HeapPage.bytesIn;

/**
 * Allocation of one size class in one segment: freed slots first, the last freed first of all as it is still in the
 * cache, then the rest of the open block in the order of addresses, then free slots in blocks that a major collection
 * swept, then a new block. No lock but for another block.
 */
final class SlotAllocator {
    private static final long NO_BLOCK = 0;

    private final OldSpace space;
    private final SegmentSpace owner;
    private final int sizeClass;
    private final long slotBytes;
    private final LongList freeSlots = new LongList();
    /** Blocks that the last major collection left with free slots, of which this segment has in-flight objects. */
    private final LongList partialBlocks = new LongList();
    private long openBlockRef = NO_BLOCK;
    private long blockEnd;
    private long regionEnd;
    private long nextSlot;

    SlotAllocator(final OldSpace space, final SegmentSpace owner, final int sizeClass) {
        this.space = space;
        this.owner = owner;
        this.sizeClass = sizeClass;
        this.slotBytes = SizeClasses.slotBytes(sizeClass);
    }

    /** Takes a slot, which is an object from now on. */
    long allocate() {
        final long ref = freeSlots.isEmpty() ? nextSlot() : freeSlots.removeLast();
        space.bitmap().set(ref);
        return ref;
    }

    /** The slot is no object any more. */
    void free(final long ref) {
        space.bitmap().clear(ref);
        freeSlots.add(ref);
    }

    private long nextSlot() {
        final long ref = nextSlot;
        if (ref + slotBytes <= regionEnd) {
            nextSlot = ref + slotBytes;
            return ref;
        }
        return nextSlotSlowPath();
    }

    private long nextSlotSlowPath() {
        if (regionEnd == blockEnd) {
            if (refill()) {
                return freeSlots.removeLast();
            }
            openBlockRef = owner.takeBlock(sizeClass);
            blockEnd = openBlockRef + space.bytesOfBlock(openBlockRef);
            regionEnd = openBlockRef;
        }
        final long ref = regionEnd;
        regionEnd += SizeClasses.regionBytes(sizeClass, blockEnd - openBlockRef);
        nextSlot = ref + slotBytes;
        return ref;
    }

    /** Finds free slots in blocks that a major collection swept, one block at a time. No free slot is listed now. */
    private boolean refill() {
        while (freeSlots.isEmpty()) {
            final long blockRef = partialBlocks.isEmpty()
                ? space.takePartialBlock(sizeClass, owner.index()) : partialBlocks.removeLast();
            if (blockRef == NO_BLOCK) {
                return false;
            }
            final long descriptor = space.descriptors().of(blockRef);
            if (PageDescriptor.isBlock(descriptor) && PageDescriptor.indexInBlock(descriptor) == 0
                && PageDescriptor.owner(descriptor) == owner.index()
                && PageDescriptor.sizeClass(descriptor) == sizeClass) {
                listFreeSlots(blockRef, bytesIn(PageDescriptor.pages(descriptor)));
            }
        }
        return true;
    }

    /** Backwards, so that they are handed out in the order of their addresses. */
    private void listFreeSlots(final long blockRef, final long blockBytes) {
        final long regionBytes = SizeClasses.regionBytes(sizeClass, blockBytes);
        final long usedBytes = regionBytes - regionBytes % slotBytes;
        for (long region = blockRef + blockBytes - regionBytes; region >= blockRef; region -= regionBytes) {
            for (long ref = region + usedBytes - slotBytes; ref >= region; ref -= slotBytes) {
                if (!space.bitmap().isSet(ref)) {
                    freeSlots.add(ref);
                }
            }
        }
    }

    /** A major collection knows better what is free. All stand still. */
    void forgetFreeSlots() {
        freeSlots.clear();
        partialBlocks.clear();
        closeBlock();
    }

    /** A block of this segment has free slots. It may be given back before they are looked for. */
    void addPartialBlock(final long blockRef) {
        partialBlocks.add(blockRef);
    }

    private void closeBlock() {
        openBlockRef = NO_BLOCK;
        blockEnd = NO_BLOCK;
        regionEnd = NO_BLOCK;
        nextSlot = NO_BLOCK;
    }

    /**
     * Gives empty blocks back whose slots were all freed. First they are marked, then their slots leave the list, and
     * only then they go: from that moment they can be anybody's.
     */
    void giveEmptyBlocksBack(final LongList leavingBlocks) {
        leavingBlocks.clear();
        final PageDescriptors descriptors = space.descriptors();
        int kept = 0;
        long lastBlockRef = NO_BLOCK;
        boolean leaving = false;
        for (int i = 0; i < freeSlots.size(); i++) {
            final long ref = freeSlots.get(i);
            final long page = descriptors.pageOf(ref);
            final long blockRef = descriptors.blockRef(page, descriptors.get(page));
            if (blockRef != lastBlockRef) {
                lastBlockRef = blockRef;
                leaving = isLeaving(blockRef, leavingBlocks);
            }
            if (!leaving) {
                freeSlots.set(kept++, ref);
            }
        }
        freeSlots.truncate(kept);
        for (int i = 0; i < leavingBlocks.size(); i++) {
            owner.giveBlockBack(leavingBlocks.get(i));
        }
    }

    private boolean isLeaving(final long blockRef, final LongList leavingBlocks) {
        final PageDescriptors descriptors = space.descriptors();
        final long descriptor = descriptors.of(blockRef);
        if (PageDescriptor.isLeaving(descriptor)) {
            return true;
        }
        if (!space.isBlockEmpty(blockRef)) {
            return false;
        }
        leavingBlocks.add(blockRef);
        descriptors.put(descriptors.pageOf(blockRef), PageDescriptor.leaving(descriptor));
        if (blockRef == openBlockRef) {
            closeBlock();
        }
        return true;
    }
}

package org.segstm.gc.space;

import org.segstm.heap.util.LongList;

import static org.segstm.gc.space.HeapPage.bytesIn;

/**
 * Allocation of one size class in one segment: freed slots first, the last freed first of all as it is still in the
 * cache, then the rest of the open block in the order of addresses, then a new block. No lock but for a new block.
 */
final class SlotAllocator {
    private static final long NO_BLOCK = 0;

    private final OldSpace space;
    private final SegmentSpace owner;
    private final int sizeClass;
    private final long slotBytes;
    private final LongList freeSlots = new LongList();
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
            openBlockRef = owner.takeBlock(sizeClass);
            blockEnd = openBlockRef + bytesIn(PageDescriptor.pages(space.descriptors().of(openBlockRef)));
            regionEnd = openBlockRef;
        }
        final long ref = regionEnd;
        regionEnd += SizeClasses.regionBytes(sizeClass, blockEnd - openBlockRef);
        nextSlot = ref + slotBytes;
        return ref;
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
            space.giveBlockBack(leavingBlocks.get(i));
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
            openBlockRef = NO_BLOCK;
            blockEnd = NO_BLOCK;
            regionEnd = NO_BLOCK;
            nextSlot = NO_BLOCK;
        }
        return true;
    }
}

package org.segstm.gc.space;

import org.segstm.heap.util.LongList;

/**
 * Blocks that a major collection left with free slots and without objects of running transactions: whoever needs slots
 * of the class takes one over, so that memory does not stay with a segment that is no longer in use.
 */
final class PartialBlocks {
    private final PageDescriptors descriptors;
    private final LongList[] byClass = new LongList[SizeClasses.COUNT];

    PartialBlocks(final PageDescriptors descriptors) {
        this.descriptors = descriptors;
        for (int sizeClass = 0; sizeClass < byClass.length; sizeClass++) {
            byClass[sizeClass] = new LongList();
        }
    }

    synchronized void clear() {
        for (final LongList blocks : byClass) {
            blocks.clear();
        }
    }

    synchronized void add(final int sizeClass, final long blockRef) {
        byClass[sizeClass].add(blockRef);
    }

    /** The block that was added last, its descriptors telling the new owner, or 0. */
    synchronized long take(final int sizeClass, final int owner) {
        final LongList blocks = byClass[sizeClass];
        if (blocks.isEmpty()) {
            return 0;
        }
        final long blockRef = blocks.removeLast();
        final long first = descriptors.pageOf(blockRef);
        final long end = first + PageDescriptor.pages(descriptors.get(first));
        for (long page = first; page < end; page++) {
            descriptors.put(page, PageDescriptor.withOwner(descriptors.get(page), owner));
        }
        return blockRef;
    }
}

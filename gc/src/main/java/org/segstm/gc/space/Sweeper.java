package org.segstm.gc.space;

import java.util.concurrent.atomic.AtomicLong;

import static org.segstm.gc.space.AllocationBitmap.BYTES_COVERED_BY_WORD;
import static org.segstm.gc.space.HeapPage.bytesIn;

/**
 * Frees what is not marked, while all mutators stand still. Several threads take stretches of pages in turn; a block or
 * large object belongs to the stretch that it starts in. Touches the two bitmaps and the page descriptors, no object.
 */
public final class Sweeper {
    private static final long PAGES_IN_STRETCH = 1 << 12;

    private final OldSpace space;
    private final MarkWords marks;
    private final long endPage;
    private final AtomicLong nextStretch = new AtomicLong();

    /**
     * Starts a sweep. Free slots found before it are forgotten.
     *
     * @param space to sweep.
     * @param marks tells what lives on.
     */
    public Sweeper(final OldSpace space, final MarkWords marks) {
        this.space = space;
        this.marks = marks;
        this.endPage = space.runs().firstUntouched();
        space.forgetFreeSlots();
    }

    /**
     * Takes stretches and sweeps them until none is left.
     *
     * @return what was found.
     */
    public SweptPages sweep() {
        final SweptPages found = new SweptPages();
        long start;
        while ((start = nextStretch.getAndAdd(PAGES_IN_STRETCH)) < endPage) {
            sweepStretch(start, Math.min(endPage, start + PAGES_IN_STRETCH), found);
        }
        return found;
    }

    /**
     * Ends the sweep: from now on the space hands out what was found to be free.
     *
     * @param found by each thread.
     */
    public void finish(final SweptPages[] found) {
        for (final SweptPages part : found) {
            part.handOver(space);
        }
    }

    private void sweepStretch(final long start, final long end, final SweptPages found) {
        final PageDescriptors descriptors = space.descriptors();
        long page = start;
        while (page < end) {
            final long descriptor = descriptors.get(page);
            if (PageDescriptor.isBlock(descriptor) && PageDescriptor.indexInBlock(descriptor) == 0) {
                sweepBlock(page, descriptor, found);
                page += PageDescriptor.pages(descriptor);
            } else if (PageDescriptor.isLarge(descriptor)) {
                sweepLarge(page, descriptor, found);
                page += PageDescriptor.pages(descriptor);
            } else {
                page++;
            }
        }
    }

    private void sweepBlock(final long page, final long descriptor, final SweptPages found) {
        final long pages = PageDescriptor.pages(descriptor);
        final long blockRef = space.descriptors().refOf(page);
        final long blockBytes = bytesIn(pages);
        long objects = 0;
        for (long ref = blockRef; ref < blockRef + blockBytes; ref += BYTES_COVERED_BY_WORD) {
            final long marked = marks.takeWord(ref);
            space.bitmap().exchangeWord(ref, marked);
            objects += Long.bitCount(marked);
        }
        if (objects == 0) {
            for (long p = page; p < page + pages; p++) {
                space.descriptors().put(p, PageDescriptor.NOTHING);
            }
            found.free(page, pages);
            return;
        }
        final int sizeClass = PageDescriptor.sizeClass(descriptor);
        found.live(objects, objects * SizeClasses.slotBytes(sizeClass));
        if (objects < SizeClasses.slotsIn(sizeClass, blockBytes)) {
            found.partial(blockRef);
        } else {
            space.descriptors().put(page, PageDescriptor.unpinned(descriptor));
        }
    }

    private void sweepLarge(final long page, final long descriptor, final SweptPages found) {
        final long ref = space.descriptors().refOf(page);
        final long pages = PageDescriptor.pages(descriptor);
        final long marked = marks.takeWord(ref);
        space.bitmap().exchangeWord(ref, marked);
        if (marked == 0) {
            space.descriptors().put(page, PageDescriptor.NOTHING);
            found.free(page, pages);
        } else {
            found.live(1, bytesIn(pages));
        }
    }

    /** The marks of the collection. */
    @FunctionalInterface
    public interface MarkWords {
        /**
         * Marks of what one word of the allocation bitmap covers; they are cleared.
         *
         * @param ref first that is covered.
         * @return the marks.
         */
        long takeWord(long ref);
    }
}

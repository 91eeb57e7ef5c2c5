package org.segstm.gc.verify;

import org.segstm.gc.space.AllocationBitmap;
import org.segstm.gc.space.HeapPage;
import org.segstm.gc.space.OldSpace;
import org.segstm.gc.space.PageDescriptor;
import org.segstm.gc.space.PageDescriptors;
import org.segstm.gc.space.SizeClasses;

import static org.segstm.gc.space.HeapPage.BYTES_IN_PAGE;
import static org.segstm.gc.space.HeapPage.bytesIn;
import static org.segstm.heap.layout.ObjectHeader.BYTES_IN_GRANULE;

/** The collector's tables: free runs, page descriptors and allocation bitmap must tell the same about each page. */
final class SpaceRules {
    private final OldSpace oldSpace;
    private final PageDescriptors descriptors;
    private final AllocationBitmap bitmap;
    private final int segments;
    private long nextPage;

    SpaceRules(final OldSpace oldSpace, final int segments) {
        this.oldSpace = oldSpace;
        this.descriptors = oldSpace.descriptors();
        this.bitmap = oldSpace.bitmap();
        this.segments = segments;
    }

    void check() {
        oldSpace.runs().forEachFreeRun((start, pages) -> {
            checkUsed(start);
            checkFree(start, start + pages);
            nextPage = start + pages;
        });
        checkUsed(oldSpace.runs().firstUntouched());
    }

    private void checkFree(final long start, final long end) {
        for (long page = start; page < end; page++) {
            if (descriptors.get(page) != PageDescriptor.NOTHING) {
                throw broken(page, "a free page has a descriptor");
            }
        }
        if (!bitmap.isRangeClear(descriptors.refOf(start), bytesIn(end - start))) {
            throw broken(start, "an object starts in a free run of pages");
        }
    }

    /** Blocks and large runs lie one after the other between the free runs. */
    private void checkUsed(final long end) {
        long page = nextPage;
        while (page < end) {
            final long descriptor = descriptors.get(page);
            final long pages = PageDescriptor.pages(descriptor);
            if (pages < 1 || pages > end - page) {
                throw broken(page, "neither free nor the start of a block or large run that ends in time");
            }
            if (PageDescriptor.owner(descriptor) > segments) {
                throw broken(page, "owned by a segment that there is not");
            }
            if (PageDescriptor.isLarge(descriptor)) {
                checkLarge(page, pages);
            } else {
                checkBlock(page, pages);
            }
            page += pages;
        }
    }

    private void checkLarge(final long page, final long pages) {
        final long ref = descriptors.refOf(page);
        for (long p = page + 1; p < page + pages; p++) {
            if (descriptors.get(p) != PageDescriptor.NOTHING) {
                throw broken(p, "inside a large run, but has a descriptor");
            }
        }
        for (long inner = ref + BYTES_IN_GRANULE; inner < ref + BYTES_IN_PAGE; inner += BYTES_IN_GRANULE) {
            if (bitmap.isSet(inner)) {
                throw broken(page, "an object starts inside a large one");
            }
        }
        if (!bitmap.isSet(ref) || pages > 1 && !bitmap.isRangeClear(ref + BYTES_IN_PAGE, bytesIn(pages - 1))) {
            throw broken(page, "a large run must have one object, at its start");
        }
    }

    private void checkBlock(final long start, final long pages) {
        final long first = descriptors.get(start);
        for (long page = start; page < start + pages; page++) {
            final long descriptor = descriptors.get(page);
            if (!PageDescriptor.isBlock(descriptor) || PageDescriptor.indexInBlock(descriptor) != page - start
                || PageDescriptor.pages(descriptor) != pages
                || PageDescriptor.sizeClass(descriptor) != PageDescriptor.sizeClass(first)
                || PageDescriptor.sizeClass(descriptor) >= SizeClasses.COUNT) {
                throw broken(page, "descriptors of a block disagree");
            }
        }
        final int sizeClass = PageDescriptor.sizeClass(first);
        final long slotBytes = SizeClasses.slotBytes(sizeClass);
        final long regionBytes = SizeClasses.regionBytes(sizeClass, bytesIn(pages));
        for (long offset = 0; offset < bytesIn(pages); offset += AllocationBitmap.BYTES_COVERED_BY_WORD) {
            final long ref = descriptors.refOf(start) + offset;
            if (!bitmap.isRangeClear(ref, AllocationBitmap.BYTES_COVERED_BY_WORD)) {
                checkSlots(descriptors.refOf(start), ref, slotBytes, regionBytes);
            }
        }
    }

    private void checkSlots(final long blockRef, final long fromRef, final long slotBytes, final long regionBytes) {
        for (long ref = fromRef; ref < fromRef + AllocationBitmap.BYTES_COVERED_BY_WORD; ref += BYTES_IN_GRANULE) {
            final long inRegion = (ref - blockRef) % regionBytes;
            if (bitmap.isSet(ref) && (inRegion % slotBytes != 0 || inRegion + slotBytes > regionBytes)) {
                throw broken(descriptors.pageOf(ref), "an object starts where no slot of " + slotBytes
                    + " bytes does: ref=0x" + Long.toHexString(ref));
            }
        }
    }

    private HeapVerificationException broken(final long page, final String problem) {
        return new HeapVerificationException("old space page " + page + "[0x"
            + Long.toHexString(descriptors.refOf(page)) + "]: " + problem + " (descriptor 0x"
            + Long.toHexString(descriptors.get(page)) + ", pages of " + HeapPage.BYTES_IN_PAGE + " bytes)");
    }
}

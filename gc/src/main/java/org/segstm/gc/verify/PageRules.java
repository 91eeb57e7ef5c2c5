package org.segstm.gc.verify;

import org.segstm.bridge.Memory;
import org.segstm.gc.space.HeapPage;
import org.segstm.gc.space.OldSpace;
import org.segstm.gc.space.PageDescriptor;
import org.segstm.gc.space.PageDescriptors;
import org.segstm.gc.space.RefSet;
import org.segstm.heap.segment.Segment;
import org.segstm.heap.sharing.PageTable;
import org.segstm.heap.spi.StoppedHeap;
import org.segstm.heap.util.LongList;

import static org.segstm.heap.layout.ObjectHeader.BYTES_IN_WORD;

/**
 * Who holds which unit privately: page table, lists and counters must tell the same, and a unit that is shared must
 * show what the base has. Looks only at pages of blocks with objects, as a look at a page gives it memory.
 */
final class PageRules {
    private final StoppedHeap heap;
    private final OldSpace oldSpace;
    private final PageTable pages;

    PageRules(final StoppedHeap heap, final OldSpace oldSpace) {
        this.heap = heap;
        this.oldSpace = oldSpace;
        this.pages = heap.pages();
    }

    void check() {
        long listed = 0;
        for (final Segment segment : heap.segments()) {
            checkList(segment);
            listed += segment.privateUnits().size();
        }
        if (listed != heap.privatizer().privateUnits()) {
            throw new HeapVerificationException("private units: segments list " + listed + ", the heap counts "
                + heap.privatizer().privateUnits());
        }
        checkTable(listed);
        for (final Segment segment : heap.segments()) {
            checkShared(segment);
        }
    }

    private void checkList(final Segment segment) {
        final LongList units = segment.privateUnits();
        if (!units.isEmpty() && !heap.log().isAttached(segment)) {
            throw new HeapVerificationException(segment + " is detached, but has private units: " + units.size());
        }
        final RefSet seen = new RefSet();
        for (int i = 0; i < units.size(); i++) {
            final long unit = units.get(i);
            if (!seen.add(pages.refOf(unit)) || !pages.isPrivate(unit, segment.bit())) {
                throw new HeapVerificationException(segment + " lists a private unit twice or without its bit in the"
                    + " page table: ref=0x" + Long.toHexString(pages.refOf(unit)));
            }
        }
    }

    private void checkTable(final long listed) {
        long bits = 0;
        final long end = Math.min(pages.units(), pages.unitOf(oldSpace.usedEnd() + pages.unitBytes() - 1));
        for (long unit = 0; unit < end; unit++) {
            bits += Long.bitCount(pages.holders(unit));
        }
        if (bits != listed) {
            throw new HeapVerificationException("private units: segments list " + listed
                + ", the page table has " + bits);
        }
    }

    private void checkShared(final Segment segment) {
        final PageDescriptors descriptors = oldSpace.descriptors();
        final long end = descriptors.pageOf(oldSpace.usedEnd());
        long endOfLarge = 0;
        for (long page = 0; page < end; page++) {
            final long ref = descriptors.refOf(page);
            final long descriptor = descriptors.get(page);
            if (PageDescriptor.isLarge(descriptor)) {
                endOfLarge = page + PageDescriptor.pages(descriptor);
            }
            final boolean used = page < endOfLarge || PageDescriptor.isBlock(descriptor)
                && !oldSpace.bitmap().isRangeClear(ref, HeapPage.BYTES_IN_PAGE);
            if (used && !segment.isPrivate(ref)) {
                checkEqual(segment, ref);
            }
        }
    }

    private void checkEqual(final Segment segment, final long pageRef) {
        final long baseAddress = heap.space().baseAddress();
        for (long ref = pageRef; ref < pageRef + HeapPage.BYTES_IN_PAGE; ref += BYTES_IN_WORD) {
            if (Memory.getLong(segment.base() + ref) != Memory.getLong(baseAddress + ref)) {
                throw new HeapVerificationException(segment + " does not hold a page privately, but shows something"
                    + " else than the base: ref=0x" + Long.toHexString(ref));
            }
        }
    }
}

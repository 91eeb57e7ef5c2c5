package org.segstm.gc.preexisting;

import org.segstm.bridge.Memory;
import org.segstm.gc.space.SegmentSpace;
import org.segstm.gc.space.SizeClasses;
import org.segstm.heap.OutOfHeapException;
import org.segstm.heap.layout.ObjectHeader;
import org.segstm.heap.layout.ObjectLayout;
import org.segstm.heap.segment.Segment;
import org.segstm.heap.sharing.PageTable;
import org.segstm.heap.util.LongList;

import java.util.List;

import static org.segstm.heap.layout.ObjectHeader.BYTES_IN_WORD;
import static org.segstm.heap.layout.ObjectHeader.MULTI_CARD;
import static org.segstm.heap.layout.ObjectHeader.OVERFLOW;
import static org.segstm.heap.layout.ObjectHeader.VARIABLE_LENGTH_OFFSET;
import static org.segstm.heap.layout.ObjectHeader.WRITE_BARRIER;
import static org.segstm.heap.layout.ObjectHeader.YOUNG_OUTSIDE;

/**
 * Makes objects that all views see at once, without a log entry. The place is one that no other view holds privately:
 * look, write the base, full fence, look again. Who makes the page private later announces that first, which is a full
 * fence too, and copies the object with the page. When another view was faster, the next place is tried; when places
 * run out, all have to stand still.
 */
public final class PreexistingAllocator {
    private static final int ATTEMPTS = 64;
    private final Segment segment;
    private final SegmentSpace space;
    private final List<Segment> segments;
    private final long sharedBase;
    private final LongList refused = new LongList();

    /**
     * Makes the allocator of a segment.
     *
     * @param segment    whose transactions allocate.
     * @param space      its allocator in the old space.
     * @param segments   all segments of the heap; may still grow.
     * @param sharedBase address of segment 0.
     */
    public PreexistingAllocator(
        final Segment segment, final SegmentSpace space, final List<Segment> segments, final long sharedBase) {
        this.segment = segment;
        this.space = space;
        this.segments = segments;
        this.sharedBase = sharedBase;
    }

    /**
     * Makes an object.
     *
     * @param templateRef young object whose content it starts with.
     * @param stopped     true when all mutators stand still, so that any place will do.
     * @return its ref, or 0 when all mutators have to stand still for it.
     */
    public long allocate(final long templateRef, final boolean stopped) {
        final ObjectLayout layout = segment.layoutOf(templateRef);
        checkTemplate(templateRef, layout);
        final long bytes = segment.sizeOf(templateRef);
        final int attempts = bytes <= SizeClasses.MAXIMUM_SLOT_BYTES ? ATTEMPTS : 1;
        try {
            for (int attempt = 0; attempt < attempts; attempt++) {
                final long ref = space.allocate(bytes);
                if (stopped || isSharedByOthers(ref, bytes)) {
                    write(templateRef, ref, layout, bytes);
                    Memory.fullFence();
                    if (stopped || isSharedByOthers(ref, bytes)) {
                        return ref;
                    }
                }
                refused.add(ref);
            }
            return 0;
        } catch (final OutOfHeapException e) {
            if (refused.isEmpty()) {
                throw e;
            }
            return 0;
        } finally {
            while (!refused.isEmpty()) {
                space.free(refused.removeLast());
            }
        }
    }

    private void write(final long templateRef, final long ref, final ObjectLayout layout, final long bytes) {
        final int flags = layout.isMultiCard(bytes) ? WRITE_BARRIER | MULTI_CARD : WRITE_BARRIER;
        writeTo(sharedBase, templateRef, ref, ref, ref + bytes);
        Memory.putLong(sharedBase + ref, layout.header() | flags);
        final PageTable pages = segment.pages();
        for (final Segment view : segments) {
            long from = ref;
            while (from < ref + bytes) {
                final long unit = pages.unitOf(from);
                final long to = Math.min(ref + bytes, pages.refOf(unit + 1));
                if (pages.isPrivate(unit, view.bit())) {
                    writeTo(view.base(), templateRef, ref, from, to);
                    if (from == ref) {
                        Memory.putLong(view.base() + ref, layout.header() | flags);
                    }
                }
                from = to;
            }
        }
    }

    private void writeTo(
        final long view, final long templateRef, final long ref, final long from, final long to) {
        Memory.copyWords(segment.base() + templateRef + (from - ref), view + from, to - from);
    }

    private boolean isSharedByOthers(final long ref, final long bytes) {
        final PageTable pages = segment.pages();
        final long last = pages.unitOf(ref + bytes - 1);
        long holders = 0;
        for (long unit = pages.unitOf(ref); unit <= last; unit++) {
            holders |= pages.holders(unit);
        }
        return (holders & ~segment.bit()) == 0;
    }

    private void checkTemplate(final long templateRef, final ObjectLayout layout) {
        if (isCommitted(templateRef)) {
            throw new IllegalArgumentException("the template of a preexisting object must be of the running"
                + " transaction: ref=0x" + Long.toHexString(templateRef));
        }
        if (layout.destructor() != null) {
            throw new IllegalArgumentException("preexisting objects have no destructor: layout=" + layout);
        }
        final long address = segment.base() + templateRef;
        for (int i = 0; i < layout.refCount(); i++) {
            checkValue(Memory.getLong(address + layout.refOffset(i)), layout);
        }
        for (int i = 0; i < layout.weakCount(); i++) {
            checkValue(Memory.getLong(address + layout.weakOffset(i)), layout);
        }
        if (layout.variablePart() == ObjectLayout.VariablePart.REFS) {
            final long length = Memory.getLong(address + VARIABLE_LENGTH_OFFSET);
            for (long i = 0; i < length; i++) {
                checkValue(Memory.getLong(address + layout.variableOffset() + i * BYTES_IN_WORD), layout);
            }
        }
    }

    /** Also a committed object will not do: a transaction on an older snapshot would be led to what it cannot see. */
    private static void checkValue(final long value, final ObjectLayout layout) {
        if (ObjectHeader.isObjectRef(value)) {
            throw new IllegalArgumentException("a preexisting object begins without refs to objects, which older"
                + " transactions may not see: store them into it afterwards: layout=" + layout + " value=0x"
                + Long.toHexString(value));
        }
    }

    private boolean isCommitted(final long ref) {
        return segment.map().isOldSpace(ref) && (segment.flagsOf(ref) & (YOUNG_OUTSIDE | OVERFLOW)) == 0;
    }
}

package org.segstm.gc.verify;

import org.segstm.gc.space.OldSpace;
import org.segstm.gc.space.PageDescriptor;
import org.segstm.gc.space.SizeClasses;
import org.segstm.heap.layout.LayoutTable;
import org.segstm.heap.layout.ObjectHeader;
import org.segstm.heap.layout.ObjectLayout;
import org.segstm.heap.segment.SegmentMap;
import org.segstm.heap.spi.StoppedHeap;

import static org.segstm.gc.space.HeapPage.bytesIn;
import static org.segstm.heap.layout.ObjectHeader.GRANULE_MASK;
import static org.segstm.heap.layout.ObjectHeader.VARIABLE_LENGTH_OFFSET;

/** What a ref and the object it refers to must satisfy. Each method tells the problem, or null when there is none. */
final class ObjectRules {
    private final SegmentMap map;
    private final LayoutTable layouts;
    private final OldSpace oldSpace;
    private final Uncommitted uncommitted;
    private final long usedEnd;

    ObjectRules(final StoppedHeap heap, final OldSpace oldSpace, final Uncommitted uncommitted) {
        this.map = heap.space().map();
        this.layouts = heap.space().layouts();
        this.oldSpace = oldSpace;
        this.uncommitted = uncommitted;
        this.usedEnd = oldSpace.usedEnd();
    }

    /**
     * May this ref stand here?
     *
     * @param value not null and no immediate.
     * @param own   the transaction that looks at it, null for committed state.
     */
    String problemOfRef(final long value, final InFlight own) {
        if ((value & GRANULE_MASK) != 0) {
            return "not aligned";
        }
        if (value < map.nurseryStart() || value >= usedEnd) {
            return "outside nursery and used old space";
        }
        if (!map.isOldSpace(value)) {
            if (own == null) {
                return "a committed object or root refers to a young object";
            }
            return own.isYoungStart(value) ? null : "no object starts there";
        }
        if (!oldSpace.bitmap().isSet(value)) {
            return "no object starts there";
        }
        final InFlight maker = uncommitted.makerOf(value);
        if (maker == own || maker == null) {
            return null;
        }
        return (own == null ? "a committed object or root" : "a transaction of " + own.segment())
            + " refers to an uncommitted object of " + maker.segment();
    }

    /** Layout, size and place of an object that a checked ref refers to. */
    String problemOfShape(final WordView view, final long ref) {
        final int id = ObjectHeader.layoutId(view.header(ref));
        final ObjectLayout layout = layouts.find(id);
        if (layout == null) {
            return "header without a registered layout: layoutId=" + id + in(view);
        }
        if ((view.header(ref) & ~(long) ObjectHeader.OBJECT_MASK) != layout.header()) {
            return "header does not fit its layout: header=0x" + Long.toHexString(view.header(ref)) + in(view);
        }
        final long length = layout.isVariable() ? view.word(ref + VARIABLE_LENGTH_OFFSET) : 0;
        if (length < 0 || length > layout.maximumLength()) {
            return layout + " has an impossible length: length=" + length + in(view);
        }
        final long room = roomOf(ref);
        final long size = layout.sizeOf(length);
        return size > room ? layout + " is larger than its place: bytes=" + size + " place=" + room + in(view) : null;
    }

    private long roomOf(final long ref) {
        if (!map.isOldSpace(ref)) {
            return map.nurseryEnd() - ref;
        }
        final long descriptor = oldSpace.descriptors().of(ref);
        return PageDescriptor.isBlock(descriptor) ? SizeClasses.slotBytes(PageDescriptor.sizeClass(descriptor))
            : bytesIn(PageDescriptor.pages(descriptor));
    }

    /** Layout of an object whose shape is right. */
    ObjectLayout layoutOf(final WordView view, final long ref) {
        return layouts.get(ObjectHeader.layoutId(view.header(ref)));
    }

    /** Size of an object whose shape is right. */
    long sizeOf(final WordView view, final long ref) {
        final ObjectLayout layout = layoutOf(view, ref);
        return layout.sizeOf(layout.isVariable() ? view.word(ref + VARIABLE_LENGTH_OFFSET) : 0);
    }

    static String in(final WordView view) {
        return " (in " + view.name() + ')';
    }
}

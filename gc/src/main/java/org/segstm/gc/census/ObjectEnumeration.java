package org.segstm.gc.census;

import org.segstm.bridge.Memory;
import org.segstm.gc.GenerationalCollector;
import org.segstm.gc.space.OldSpace;
import org.segstm.gc.space.PageDescriptor;
import org.segstm.gc.space.RefSet;
import org.segstm.heap.SegmentHeap;
import org.segstm.heap.layout.ObjectHeader;
import org.segstm.heap.layout.ObjectLayout;
import org.segstm.heap.segment.ControlPage;
import org.segstm.heap.segment.Segment;
import org.segstm.heap.spi.StoppedHeap;
import org.segstm.heap.util.LongSequence;

import java.util.ArrayList;
import java.util.List;

import static org.segstm.gc.space.AllocationBitmap.BYTES_COVERED_BY_WORD;
import static org.segstm.gc.space.HeapPage.BYTES_IN_PAGE;
import static org.segstm.heap.layout.ObjectHeader.BYTES_IN_GRANULE;

/**
 * Shows all objects there are, the uncommitted ones of running transactions among them. What nobody can reach any more
 * counts until a collection has freed it: run a major collection first to see what is alive.
 */
public final class ObjectEnumeration {
    private final StoppedHeap heap;
    private final OldSpace space;
    private final ObjectVisitor visitor;
    private final Segment newest;
    private final List<Segment> running = new ArrayList<>();
    private final List<RefSet> uncommitted = new ArrayList<>();
    private final RefSet youngOutside = new RefSet();
    /** Places of young objects that have an identity: no objects yet. */
    private final RefSet reserved = new RefSet();

    private ObjectEnumeration(final StoppedHeap heap, final ObjectVisitor visitor) {
        this.heap = heap;
        this.space = ((GenerationalCollector) heap.collector()).oldSpace();
        this.visitor = visitor;
        this.newest = heap.newestView();
    }

    /**
     * Shows all objects, in no certain order. Stops all mutators meanwhile; the caller must not be inside a
     * transaction, or have parked it.
     *
     * @param heap    to look at.
     * @param visitor called for each object; it must not use a mutator.
     */
    public static void forEach(final SegmentHeap heap, final ObjectVisitor visitor) {
        heap.whileStopped(stopped -> new ObjectEnumeration(stopped, visitor).run());
    }

    private void run() {
        if (newest == null) {
            return;
        }
        for (final Segment segment : heap.segments()) {
            if (segment.isSerial() || segment.inTransaction() && segment.doom() == null) {
                running.add(segment);
                visitNursery(segment);
                final RefSet own = new RefSet();
                addAll(segment.fresh(), own);
                addAll(segment.youngOutside(), own);
                addAll(segment.youngOutside(), youngOutside);
                uncommitted.add(own);
            }
        }
        visitOldSpace();
    }

    private static void addAll(final LongSequence refs, final RefSet set) {
        for (int i = 0; i < refs.size(); i++) {
            set.add(refs.get(i));
        }
    }

    private void visitNursery(final Segment segment) {
        final long end = Memory.getLong(segment.control() + ControlPage.NURSERY_POSITION_OFFSET);
        long ref = segment.nursery().youngStart();
        while (ref < end) {
            final long bytes = segment.sizeOf(ref);
            if ((Memory.getLong(segment.base() + ref) & ObjectHeader.HAS_IDENTITY) != 0) {
                reserved.add(segment.collector().identityOf(ref));
            }
            visitor.visit(ref, segment.layoutOf(ref), bytes, true);
            ref += bytes;
        }
    }

    private void visitOldSpace() {
        final long end = space.descriptors().pageOf(space.usedEnd());
        for (long page = 0; page < end; page++) {
            final long descriptor = space.descriptors().get(page);
            final long pageRef = space.descriptors().refOf(page);
            if (PageDescriptor.isLarge(descriptor)) {
                visit(pageRef);
            } else if (PageDescriptor.isBlock(descriptor)) {
                visitPage(pageRef);
            }
        }
    }

    private void visitPage(final long pageRef) {
        for (long part = pageRef; part < pageRef + BYTES_IN_PAGE; part += BYTES_COVERED_BY_WORD) {
            if (!space.bitmap().isRangeClear(part, BYTES_COVERED_BY_WORD)) {
                for (long ref = part; ref < part + BYTES_COVERED_BY_WORD; ref += BYTES_IN_GRANULE) {
                    if (space.bitmap().isSet(ref)) {
                        visit(ref);
                    }
                }
            }
        }
    }

    private void visit(final long ref) {
        if (reserved.contains(ref)) {
            return;
        }
        final Segment view = viewOf(ref);
        final ObjectLayout layout = view.layoutOf(ref);
        visitor.visit(ref, layout, view.sizeOf(ref), youngOutside.contains(ref));
    }

    private Segment viewOf(final long ref) {
        for (int i = 0; i < running.size(); i++) {
            if (uncommitted.get(i).contains(ref)) {
                return running.get(i);
            }
        }
        return newest;
    }
}

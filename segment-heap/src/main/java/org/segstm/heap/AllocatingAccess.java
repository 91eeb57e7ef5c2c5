package org.segstm.heap;

import org.segstm.bridge.Memory;
import org.segstm.heap.layout.ObjectHeader;
import org.segstm.heap.layout.ObjectLayout;
import org.segstm.heap.segment.ControlPage;
import org.segstm.heap.segment.Segment;

/** Access to objects and their allocation, which never moves anything and never waits. */
public abstract class AllocatingAccess extends RootedAccess {
    final SegmentHeap heap;
    final MutatorStatistics.Counters counters = new MutatorStatistics.Counters();
    private final long largeObjectBytes;
    private final MutatorTools tools;
    private long objectsAllocated;

    AllocatingAccess(final SegmentHeap heap) {
        super(heap.context().maximumRoots());
        this.heap = heap;
        this.tools = new MutatorTools(heap, counters);
        this.largeObjectBytes = heap.largeObjectBytes();
    }

    @Override
    final void rootStackAdded() {
        heap.rootStackAdded();
    }

    /** Length control: some bytes have been allocated. */
    abstract void checkLength();

    final MutatorTools tools() {
        return tools;
    }

    final long objectsAllocated() {
        return objectsAllocated;
    }

    /** A major collection that is due frees no young object. */
    final boolean shouldCollectYoung(final Segment own) {
        return own.nursery().isNearlyFull() || isFullOutside(own)
            || own.youngOutsideBytes() != 0 && heap.pressure().isMajorDue();
    }

    /** Have large objects used up as much as a nursery holds? */
    private boolean isFullOutside(final Segment own) {
        return own.youngOutsideBytes() >= heap.context().nurseryBytes();
    }

    /**
     * Allocates an object. Moves nothing.
     *
     * @param layout without variable part.
     * @return ref of a zero-filled young object.
     * @throws OutOfHeapException when there is no room; the transaction has to be aborted.
     */
    public final long allocate(final ObjectLayout layout) {
        if (CHECKED) {
            checkAllocation(layout, false);
        }
        return allocateBytes(layout, 0, layout.allocationSize());
    }

    /**
     * Allocates an object with variable part. Moves nothing.
     *
     * @param layout with variable part.
     * @param length number of its elements.
     * @return ref of a zero-filled young object.
     * @throws OutOfHeapException       when there is no room; the transaction has to be aborted.
     * @throws IllegalArgumentException when the length is negative or beyond what sizes can express.
     */
    public final long allocate(final ObjectLayout layout, final long length) {
        if (length < 0 || length > layout.maximumLength()) {
            throw new IllegalArgumentException("length must be from 0 to " + layout.maximumLength()
                + ": length=" + length + " layout=" + layout);
        }
        if (CHECKED) {
            checkAllocation(layout, true);
        }
        final long ref = allocateBytes(layout, length, layout.allocationSizeOf(length));
        Memory.putLong(segmentBase + ref + ObjectHeader.VARIABLE_LENGTH_OFFSET, length);
        return ref;
    }

    private long allocateBytes(final ObjectLayout layout, final long length, final long bytes) {
        final long positionAddress = control + ControlPage.NURSERY_POSITION_OFFSET;
        final long ref = Memory.getLong(positionAddress);
        final long end = ref + bytes;
        if (end > Memory.getLong(control + ControlPage.NURSERY_LIMIT_OFFSET)) {
            return allocateSlowPath(layout, length, bytes);
        }
        Memory.putLong(positionAddress, end);
        return initialize(layout, ref);
    }

    private long initialize(final ObjectLayout layout, final long ref) {
        Memory.putLong(segmentBase + ref, layout.header());
        objectsAllocated++;
        if (CHECKED) {
            segment.nursery().noteObject(ref);
        }
        return ref;
    }

    private long allocateSlowPath(final ObjectLayout layout, final long length, final long bytes) {
        checkRunning();
        if (bytes >= ObjectLayout.SLOW_PATH_BYTES) {
            final long destructible = allocateSlowPath(layout, length, bytes - ObjectLayout.SLOW_PATH_BYTES);
            segment.collector().destructibleAllocated(destructible);
            return destructible;
        }
        final long ref = bytes >= largeObjectBytes ? 0 : segment.nursery().allocateSlowPath(bytes);
        if (ref != 0) {
            checkLength();
            return initialize(layout, ref);
        }
        objectsAllocated++;
        counters.bytesAllocated += bytes;
        final long outside = segment.collector().allocateOutside(layout, length, bytes);
        segment.addedYoungOutside(bytes);
        checkLength();
        if (isFullOutside(segment) || heap.pressure().isDue() || tools.isCollectionDue(segment)) {
            segment.nursery().signal();
        }
        return outside;
    }

    /**
     * Makes an object that seems to have existed all the time: all views see it at once, with the content of the
     * template, and it survives an abort of the running transaction. For what a VM finds by itself and shares beside
     * the transactional world, as the entries of a hash table; a write of it is transactional as any. Like any old
     * object it is kept alive by what refers to it, and does not move.
     *
     * <p>Others may stop this mutator here, in the rare case that no place can be found otherwise. The template does
     * not move, but unlike at other allocations refs have to be on the shadow stack.
     *
     * @param templateRef young object of the running transaction; its refs are null or immediate values.
     *                    Transactions that began earlier see the new object too, but need not see what else was
     *                    committed meanwhile; so refs of objects are stored afterwards, as any write.
     * @return ref of the new object; in no-STM mode, where no other view is, the template itself.
     * @throws IllegalArgumentException    when the template is not young, has a destructor, or refers to objects.
     * @throws TransactionAbortedException when the transaction was rolled back meanwhile.
     * @throws OutOfHeapException          when there is no room; the transaction has to be aborted.
     */
    public final long allocatePreexisting(final long templateRef) {
        checkRunning();
        if (CHECKED) {
            checks().object(templateRef);
        }
        if (segment.isSerial()) {
            return templateRef;
        }
        final long ref = segment.collector().allocatePreexisting(templateRef, false);
        if (heap.pressure().isDue()) {
            segment.nursery().signal();
        }
        return ref != 0 ? ref : allocatePreexistingStopped(templateRef);
    }

    /** Others may collect before this mutator runs again: until then a root keeps what nobody knows yet. */
    private long allocatePreexistingStopped(final long templateRef) {
        final Segment own = segment;
        final long ref;
        roots.push(0);
        heap.world().park(own);
        try {
            heap.world().stopAll();
            try {
                if (own.doom() == null) {
                    roots.set(roots.depth() - 1, own.collector().allocatePreexisting(templateRef, true));
                }
            } finally {
                heap.world().resumeAll();
            }
        } finally {
            heap.world().unpark(own);
            abortIfDoomed();
            ref = roots.pop();
        }
        return ref;
    }

    /**
     * Can an object still move, or vanish by an abort? What cannot is where all segments see it, for good.
     *
     * @param ref of an object.
     * @return false when it is committed and in the old space.
     */
    public final boolean isUncommittedOrYoung(final long ref) {
        checkRunning();
        if (CHECKED) {
            checks().object(ref);
        }
        return !segment.map().isOldSpace(ref)
            || (segment.flagsOf(ref) & (ObjectHeader.OVERFLOW | ObjectHeader.YOUNG_OUTSIDE)) != 0;
    }

    abstract void abortIfDoomed();

    private void checkAllocation(final ObjectLayout layout, final boolean variable) {
        checkRunning();
        if (layout.isVariable() != variable || segment.layouts().find(layout.id()) != layout) {
            throw new CheckedAccessException("layout is not of this heap, or a length is " + (variable ? "not " : "")
                + "needed: layout=" + layout);
        }
    }
}

package org.segstm.gc.minor;

import org.segstm.bridge.Memory;
import org.segstm.gc.destruction.Destructibles;
import org.segstm.gc.finalization.YoungFinalizables;
import org.segstm.gc.preexisting.PreexistingAllocator;
import org.segstm.gc.space.SegmentSpace;
import org.segstm.gc.space.SizeClasses;
import org.segstm.heap.finalization.Registrations;
import org.segstm.heap.layout.ObjectHeader;
import org.segstm.heap.layout.ObjectLayout;
import org.segstm.heap.segment.Segment;
import org.segstm.heap.segment.ShadowStack;
import org.segstm.heap.spi.SegmentCollector;
import org.segstm.heap.util.LongList;
import org.segstm.heap.util.LongMap;
import org.segstm.heap.util.LongSequence;

import static org.segstm.gc.space.HeapPage.bytesIn;
import static org.segstm.gc.space.HeapPage.pagesFor;
import static org.segstm.heap.layout.ObjectHeader.OVERFLOW;
import static org.segstm.heap.layout.ObjectHeader.REACHED;
import static org.segstm.heap.layout.ObjectHeader.VARIABLE_LENGTH_OFFSET;
import static org.segstm.heap.layout.ObjectHeader.WRITE_BARRIER;
import static org.segstm.heap.layout.ObjectHeader.YOUNG_OUTSIDE;

/**
 * Minor collection and allocation outside the nursery of one segment. At every moment the segment's lists of fresh
 * objects and of young ones outside the nursery name all that the transaction has in the old space, so that it can be
 * discarded after any failure. Where that is not allowed, in no-STM mode and in an inevitable transaction, a collection
 * that fails is taken back.
 */
public final class MinorCollector implements SegmentCollector {
    private final Segment segment;
    private final SegmentSpace space;
    private final Evacuator evacuator;
    private final CollectionUndo undo;
    private final LongMap identities = new LongMap();
    private final Destructibles destructibles;
    private final YoungFinalizables finalizables;
    private final PreexistingAllocator preexisting;
    private final boolean serial;

    /**
     * Makes the collector of a segment.
     *
     * @param segment       to serve.
     * @param space         its allocator in the old space.
     * @param destructibles its objects with destructors.
     * @param finalizables  its objects with finalizers.
     * @param preexisting   makes its preexisting objects.
     */
    public MinorCollector(
        final Segment segment, final SegmentSpace space, final Destructibles destructibles,
        final YoungFinalizables finalizables, final PreexistingAllocator preexisting) {
        this.segment = segment;
        this.space = space;
        this.destructibles = destructibles;
        this.finalizables = finalizables;
        this.preexisting = preexisting;
        this.undo = new CollectionUndo(space);
        this.evacuator = new Evacuator(segment, space, undo, identities);
        this.serial = segment.isSerial();
    }

    @Override
    public void collectMinor(final ShadowStack[] roots, final int rootStacks, final boolean committing) {
        undo.start(serial || segment.inevitable());
        evacuator.start(committing || serial ? WRITE_BARRIER : WRITE_BARRIER | OVERFLOW);
        final int freshBefore = segment.fresh().size();
        try {
            for (int i = 0; i < rootStacks; i++) {
                scanRoots(roots[i], i);
            }
            scanRemembered();
            evacuator.drain();
            evacuator.updateWeakRefs();
            if (!finalizables.isEmpty()) {
                finalizables.keep(evacuator::isKept, evacuator::keep);
                evacuator.drain();
                evacuator.updateWeakRefs();
            }
        } catch (final RuntimeException | Error e) {
            if (undo.isRecording()) {
                undo.takeBack(roots);
                segment.fresh().truncate(freshBefore);
            }
            throw e;
        }
        for (int i = 0; i < rootStacks; i++) {
            roots[i].markScanned();
        }
        if (!finalizables.isEmpty()) {
            finalizables.collected(evacuator::keep);
        }
        destructibles.collected();
        settleOutside();
        identities.clear();
        if (!committing) {
            segment.freshAreOverflow();
        }
        segment.rearmRemembered();
    }

    /** Nobody needs to know: where nothing can be rolled back, a collection that finds no room is taken back. */
    @Override
    public long allocateOutside(final ObjectLayout layout, final long length, final long bytes) {
        if (bytes <= SizeClasses.MAXIMUM_SLOT_BYTES) {
            return makeOutside(space.allocate(bytes), bytes, bytes, layout, length);
        }
        final long run = space.allocateLarge(bytes);
        final long dirtyBytes = Math.min(bytes, SegmentSpace.dirtyBytesOf(run));
        return makeOutside(space.refOf(run), bytesIn(pagesFor(bytes)), dirtyBytes, layout, length);
    }

    @Override
    public long identityOf(final long nurseryRef) {
        final long known = identities.get(nurseryRef);
        if (known != 0) {
            return known;
        }
        final long headerAddress = segment.base() + nurseryRef;
        final ObjectLayout layout = segment.layoutOf(nurseryRef);
        final long length = layout.isVariable() ? Memory.getLong(headerAddress + VARIABLE_LENGTH_OFFSET) : 0;
        final long ref = allocateOutside(layout, length, layout.sizeOf(length));
        identities.put(nurseryRef, ref);
        Memory.putLong(headerAddress, Memory.getLong(headerAddress) | ObjectHeader.HAS_IDENTITY);
        return ref;
    }

    @Override
    public long allocatePreexisting(final long templateRef, final boolean stopped) {
        return preexisting.allocate(templateRef, stopped);
    }

    @Override
    public void finalizersRegistered(final Registrations registrations) {
        finalizables.track(registrations);
    }

    @Override
    public void destructibleAllocated(final long ref) {
        destructibles.allocated(ref);
    }

    @Override
    public void discardTransaction() {
        finalizables.discarded();
        destructibles.discarded();
        identities.clear();
        freeAll(segment.youngOutside(), 0);
        freeAll(segment.fresh(), 0);
        space.rollback();
    }

    @Override
    public void transactionCommitted() {
        if (!finalizables.isEmpty()) {
            finalizables.committed();
        }
        destructibles.committed();
        space.commit();
    }

    @Override
    public void savepoint() {
        destructibles.savepoint();
    }

    @Override
    public void mergeSavepoint() {
        destructibles.mergeSavepoint();
    }

    @Override
    public void destroySinceSavepoint() {
        destructibles.rolledBackToSavepoint();
    }

    @Override
    public void rollbackToSavepoint(final int freshCount) {
        finalizables.discardedInPart();
        identities.clear();
        freeAll(segment.youngOutside(), 0);
        freeAll(segment.fresh(), freshCount);
        space.giveEmptyBlocksBack();
    }

    private void scanRoots(final ShadowStack stack, final int stackIndex) {
        for (int i = stack.watermark(); i < stack.depth(); i++) {
            final long value = stack.get(i);
            final long kept = evacuator.keep(value);
            if (kept != value) {
                if (undo.isRecording()) {
                    undo.root(stackIndex, i, value);
                }
                stack.update(i, kept);
            }
        }
    }

    private void scanRemembered() {
        final LongList remembered = segment.remembered();
        for (int i = 0; i < remembered.size(); i += 2) {
            evacuator.scanSlice(remembered.get(i), remembered.get(i + 1));
        }
    }

    /** Reached ones become what the promoted ones are, where they lie; the others go. */
    private void settleOutside() {
        final LongList outside = segment.youngOutside();
        while (!outside.isEmpty()) {
            final int last = outside.size() - 1;
            final long ref = outside.get(last);
            if ((segment.flagsOf(ref) & REACHED) == 0) {
                space.free(ref);
            } else {
                settle(ref);
            }
            outside.truncate(last);
        }
    }

    private void settle(final long ref) {
        final int flags = evacuator.promotedFlags(segment.layoutOf(ref), segment.sizeOf(ref));
        Memory.putByte(segment.base() + ref + ObjectHeader.FLAGS_OFFSET, (byte) flags);
        if (!serial) {
            segment.fresh().add(ref);
        }
    }

    /** Listed as the last step: what fails before is undone here, what is listed is complete. */
    private long makeOutside(
        final long ref, final long placeBytes, final long dirtyBytes, final ObjectLayout layout, final long length) {
        try {
            segment.makeStorable(ref, placeBytes);
            final long address = segment.base() + ref;
            Memory.clear(address, dirtyBytes);
            Memory.putLong(address, layout.header() | YOUNG_OUTSIDE);
            if (layout.isVariable()) {
                Memory.putLong(address + VARIABLE_LENGTH_OFFSET, length);
            }
            segment.youngOutside().add(ref);
            return ref;
        } catch (final RuntimeException | Error e) {
            space.free(ref);
            throw e;
        }
    }

    /** Backwards, so that slots are handed out again in the order of their addresses. */
    private void freeAll(final LongSequence refs, final int from) {
        for (int i = refs.size() - 1; i >= from; i--) {
            space.free(refs.get(i));
        }
    }
}

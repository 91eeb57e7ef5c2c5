package org.segstm.gc.weak;

import org.segstm.bridge.Memory;
import org.segstm.gc.space.OldSpace;
import org.segstm.gc.space.Slices;
import org.segstm.heap.layout.ObjectHeader;
import org.segstm.heap.layout.ObjectLayout;
import org.segstm.heap.segment.Segment;
import org.segstm.heap.spi.CollectorSpace;
import org.segstm.heap.tx.WriteSet;

import java.util.List;
import java.util.function.LongPredicate;

/**
 * Clears weak refs between marking and sweeping, in every version of an object that anybody could see: the base, which
 * is current; private copies of running transactions; the words that they have saved for an abort. No log entry has an
 * older version: the reshare before the collection has emptied the log.
 */
public final class WeakReferences {
    private final CollectorSpace heap;
    private final OldSpace space;
    private final List<Segment> segments;
    private LongPredicate alive;

    /**
     * Makes the weak references of a heap.
     *
     * @param heap     that it serves.
     * @param space    its old space.
     * @param segments that mutators run in; may still grow.
     */
    public WeakReferences(final CollectorSpace heap, final OldSpace space, final List<Segment> segments) {
        this.heap = heap;
        this.space = space;
        this.segments = segments;
    }

    /**
     * Clears the weak refs to dead objects. All mutators stand still.
     *
     * @param found    live objects with weak refs; the lists are empty afterwards.
     * @param isMarked tells of an object that it lives on.
     */
    public void clearDead(final WeakHolders[] found, final LongPredicate isMarked) {
        alive = isMarked;
        boolean any = false;
        for (final WeakHolders holders : found) {
            for (int i = 0; i < holders.committed().size(); i++) {
                clearCommitted(holders.committed().get(i));
                any = true;
            }
            for (int i = 0; i < holders.inFlight().size(); i += 2) {
                clearInFlight(holders.inFlight().get(i), holders.inFlight().get(i + 1));
                any = true;
            }
            holders.clear();
        }
        if (any) {
            for (final Segment segment : segments) {
                clearSaved(segment, segment.writeSet());
                clearSaved(segment, segment.savepoints().overflowSlices());
            }
        }
        alive = null;
    }

    private void clearCommitted(final long ref) {
        final ObjectLayout layout = layoutAt(heap.baseAddress() + ref);
        for (int i = 0; i < layout.weakCount(); i++) {
            final long fieldRef = ref + layout.weakOffset(i);
            clearField(heap.baseAddress() + fieldRef);
            for (final Segment segment : segments) {
                if (segment.isPrivate(fieldRef)) {
                    clearField(segment.base() + fieldRef);
                }
            }
        }
    }

    private void clearInFlight(final long view, final long ref) {
        long address = view + ref;
        if (heap.map().isOldSpace(ref)) {
            for (final Segment segment : segments) {
                if (segment.base() == view) {
                    address = segment.freshBase(ref, segment.sizeOf(ref)) + ref;
                }
            }
        }
        final ObjectLayout layout = layoutAt(address);
        for (int i = 0; i < layout.weakCount(); i++) {
            clearField(address + layout.weakOffset(i));
        }
    }

    private void clearField(final long address) {
        if (isDead(Memory.getLong(address))) {
            Memory.putLong(address, 0);
        }
    }

    private boolean isDead(final long value) {
        return ObjectHeader.isObjectRef(value) && !alive.test(value);
    }

    private void clearSaved(final Segment segment, final WriteSet slices) {
        Slices.forEach(space, slices, (objectRef, sliceOffset, words, savedIndex) -> clearSavedSlice(
            slices.savedWords(), savedIndex, words, sliceOffset, layoutAt(segment.base() + objectRef)));
    }

    private void clearSavedSlice(
        final long[] saved, final int savedIndex, final int words, final long sliceOffset, final ObjectLayout layout) {
        for (int i = 0; i < layout.weakCount(); i++) {
            final long word = layout.weakOffset(i) - sliceOffset >> ObjectHeader.LOG_BYTES_IN_WORD;
            if (word >= 0 && word < words && isDead(saved[savedIndex + (int) word])) {
                saved[savedIndex + (int) word] = 0;
            }
        }
    }

    private ObjectLayout layoutAt(final long address) {
        return heap.layouts().get(Memory.getInt(address + ObjectHeader.LAYOUT_ID_OFFSET));
    }
}

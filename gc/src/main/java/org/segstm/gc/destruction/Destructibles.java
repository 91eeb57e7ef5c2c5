package org.segstm.gc.destruction;

import org.segstm.bridge.Memory;
import org.segstm.heap.layout.DyingObject;
import org.segstm.heap.layout.ObjectHeader;
import org.segstm.heap.segment.Segment;
import org.segstm.heap.util.LongList;

import java.util.function.LongPredicate;

import static org.segstm.heap.layout.ObjectHeader.REACHED;

/**
 * Objects with destructors that one segment has made. They are listed by the slow path of allocation, which is the only
 * one that makes them; whoever has none pays for three looks at empty lists per collection.
 */
public final class Destructibles {
    private final Segment segment;
    private final LongList young = new LongList();
    private final LongList fresh = new LongList();
    private final LongList freshAtSavepoints = new LongList();
    private final LongList old = new LongList();
    private final DyingObject dying = new DyingObject();

    /**
     * Makes the list of a segment.
     *
     * @param segment that makes the objects.
     */
    public Destructibles(final Segment segment) {
        this.segment = segment;
    }

    /**
     * A young object has a destructor.
     *
     * @param ref of the object.
     */
    public void allocated(final long ref) {
        young.add(ref);
    }

    /** A minor collection has found all that lives on; nothing is freed yet. */
    public void collected() {
        final LongList survivors = segment.isSerial() ? old : fresh;
        for (int i = 0; i < young.size(); i++) {
            final long ref = young.get(i);
            final long header = Memory.getLong(segment.base() + ref);
            if (segment.map().isOldSpace(ref)) {
                if ((header & REACHED) != 0) {
                    survivors.add(ref);
                } else {
                    destroy(segment.base(), ref);
                }
            } else if (ObjectHeader.isForwarded(header)) {
                survivors.add(ObjectHeader.forwardedRef(header));
            } else {
                destroy(segment.base(), ref);
            }
        }
        young.clear();
    }

    /** The transaction is rolled back; nothing is freed yet. A minor collection may have stopped in the middle. */
    public void discarded() {
        discardYoung();
        discardFresh(0);
        freshAtSavepoints.clear();
    }

    /** The transaction makes a savepoint, after a minor collection. */
    public void savepoint() {
        freshAtSavepoints.add(fresh.size());
    }

    /** The newest savepoint is forgotten. */
    public void mergeSavepoint() {
        freshAtSavepoints.removeLast();
    }

    /** The transaction returns to its newest savepoint, and forgets that; nothing is freed yet. */
    public void rolledBackToSavepoint() {
        discardYoung();
        discardFresh((int) freshAtSavepoints.removeLast());
    }

    private void discardYoung() {
        for (int i = 0; i < young.size(); i++) {
            final long header = Memory.getLong(segment.base() + young.get(i));
            destroy(segment.base(),
                ObjectHeader.isForwarded(header) ? ObjectHeader.forwardedRef(header) : young.get(i));
        }
        young.clear();
    }

    private void discardFresh(final int from) {
        for (int i = from; i < fresh.size(); i++) {
            destroy(segment.base(), fresh.get(i));
        }
        fresh.truncate(from);
    }

    /** The transaction has committed. */
    public void committed() {
        for (int i = 0; i < fresh.size(); i++) {
            old.add(fresh.get(i));
        }
        fresh.clear();
    }

    /**
     * A major collection has found all that lives on; nothing is freed yet.
     *
     * @param baseAddress where committed objects can be read.
     * @param alive       tells of an object whether it lives on.
     */
    public void marked(final long baseAddress, final LongPredicate alive) {
        int kept = 0;
        for (int i = 0; i < old.size(); i++) {
            final long ref = old.get(i);
            if (alive.test(ref)) {
                old.set(kept++, ref);
            } else {
                destroy(baseAddress, ref);
            }
        }
        old.truncate(kept);
    }

    private void destroy(final long view, final long ref) {
        final int layoutId = Memory.getInt(view + ref + ObjectHeader.LAYOUT_ID_OFFSET);
        dying.destroy(segment.layouts().get(layoutId), view + ref);
    }
}

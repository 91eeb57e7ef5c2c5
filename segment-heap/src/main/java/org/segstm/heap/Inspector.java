package org.segstm.heap;

import org.segstm.heap.layout.ObjectHeader;
import org.segstm.heap.segment.Segment;
import org.segstm.heap.sharing.PageTable;
import org.segstm.heap.tx.WriteSet;

import java.util.ArrayList;
import java.util.List;

/** Looks into a mutator's transaction and its view: for tests and tools, not for speed. */
public final class Inspector {
    private final SegmentHeap heap;
    private final Mutator mutator;

    Inspector(final SegmentHeap heap, final Mutator mutator) {
        this.heap = heap;
        this.mutator = mutator;
    }

    private Segment segment() {
        if (mutator.segment == null) {
            throw new IllegalStateException("the mutator has no segment yet: " + mutator.name());
        }
        return mutator.segment;
    }

    /**
     * Is an object young: in the nursery, or allocated outside it since the last minor collection?
     *
     * @param ref of the object.
     * @return true when it is.
     */
    public boolean isYoung(final long ref) {
        return !segment().map().isOldSpace(ref) || (segment().flagsOf(ref) & ObjectHeader.YOUNG_OUTSIDE) != 0;
    }

    /**
     * Was an object promoted by the running transaction?
     *
     * @param ref of the object.
     * @return true when nobody else can reach it.
     */
    public boolean isOverflow(final long ref) {
        return segment().map().isOldSpace(ref) && (segment().flagsOf(ref) & ObjectHeader.OVERFLOW) != 0;
    }

    /**
     * Has the running transaction marked an object as read? For an object of several cards: its first card.
     *
     * @param ref of the object, or of a card's first byte.
     * @return true when it has.
     */
    public boolean isRead(final long ref) {
        return segment().markers().isMarked(ref);
    }

    /**
     * Has the running transaction written a committed object, or a card of it?
     *
     * @param ref of the object, or of a card's first byte.
     * @return true when it is in the write set.
     */
    public boolean isWritten(final long ref) {
        return writeSet().contains(ref);
    }

    /**
     * The write set: refs of objects, and of the cards of objects of several cards. What nested blocks have written may
     * be there twice.
     *
     * @return refs in the order of the first write.
     */
    public List<Long> writeSet() {
        final WriteSet writeSet = segment().writeSet();
        final List<Long> refs = new ArrayList<>();
        for (int i = 0; i < writeSet.size(); i++) {
            if (!WriteSet.is(writeSet.slice(i), WriteSet.REST)) {
                refs.add(WriteSet.refOf(writeSet.slice(i)));
            }
        }
        return refs;
    }

    /**
     * Does the view have a page of its own?
     *
     * @param ref in the page.
     * @return true when it is private.
     */
    public boolean isPagePrivate(final long ref) {
        return segment().isPrivate(ref);
    }

    /**
     * Which segments hold a page privately.
     *
     * @param ref in the page.
     * @return one bit per segment, segment 1 the lowest.
     */
    public long pageHolders(final long ref) {
        final PageTable pages = segment().pages();
        return pages.holders(pages.unitOf(ref));
    }

    /**
     * Revision of the view.
     *
     * @return log position up to which it is current.
     */
    public long viewRevision() {
        return segment().viewRevision();
    }

    /**
     * Is the segment attached to the commit log?
     *
     * @return true when its view follows the log.
     */
    public boolean isAttached() {
        return heap.log().isAttached(segment());
    }

    /**
     * Solo mode: is this the only attached segment, so that nothing is published?
     *
     * @return true in solo mode.
     */
    public boolean isSolo() {
        return heap.log().isAlone(segment());
    }

    /**
     * Index of the segment.
     *
     * @return from 1.
     */
    public int segmentIndex() {
        return segment().index();
    }

    /**
     * Read version of the running transaction.
     *
     * @return from 1 to 255.
     */
    public int readVersion() {
        return segment().markers().version();
    }

    /**
     * For tests of the marker reset: makes the next begin go on from another read version.
     *
     * @param version from 0 to 255.
     */
    public void continueReadVersionFrom(final int version) {
        segment().markers().startFrom(version);
    }

    /**
     * How often the read markers were reset.
     *
     * @return the number.
     */
    public long markerResets() {
        return segment().markers().resets();
    }

    /**
     * How many threads of the heap sleep in {@link Mutator#retry()}.
     *
     * @return the number.
     */
    public int sleepingForChange() {
        return heap.transactions().changes().sleeping();
    }

    /**
     * Roots that a minor collection need not look at.
     *
     * @return the shadow stack's watermark.
     */
    public int watermark() {
        return mutator.rootsAlone()[0].watermark();
    }
}

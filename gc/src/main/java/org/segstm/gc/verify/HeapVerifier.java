package org.segstm.gc.verify;

import org.segstm.gc.space.OldSpace;
import org.segstm.heap.SegmentHeap;
import org.segstm.heap.segment.Segment;
import org.segstm.heap.spi.StoppedHeap;

/**
 * Verifies a heap while all mutators stand still, and stops at the first thing that is broken. It walks
 *
 * <ul>
 *  <li>the newest committed state, from the global roots and from the roots that each mutator had when its transaction
 *      began, through every attached view with the log entries that this has not applied yet: all views must agree, no
 *      committed object may refer to an uncommitted one;
 *  <li>what each running transaction sees, from its roots, its young and promoted objects and its write set: its own
 *      objects may be young, what it wrote must be announced by flags, marks and write set.
 * </ul>
 *
 * <p>Then it compares the collector's tables with one another, and the pages with who is said to hold them privately,
 * and read markers with the versions that were given out.
 * Takes time and Java memory proportional to the heap.
 */
public final class HeapVerifier {
    private final StoppedHeap heap;
    private final OldSpace oldSpace;

    /**
     * Makes a verifier for one use.
     *
     * @param heap     that stands still.
     * @param oldSpace of its collector.
     */
    public HeapVerifier(final StoppedHeap heap, final OldSpace oldSpace) {
        this.heap = heap;
        this.oldSpace = oldSpace;
    }

    /**
     * Stops all mutators and verifies a heap. The caller must not be inside a transaction, or have parked it.
     *
     * @param heap to verify.
     * @throws HeapVerificationException when something is broken.
     */
    public static void verify(final SegmentHeap heap) {
        heap.whileStopped(stopped -> stopped.collector().verify(stopped));
    }

    /**
     * Verifies the heap.
     *
     * @throws HeapVerificationException when something is broken.
     */
    public void run() {
        new SpaceRules(oldSpace, heap.segments().size()).check();
        final Segment newest = heap.newestView();
        if (newest == null) {
            return;
        }
        final Uncommitted uncommitted = new Uncommitted(heap);
        final ObjectRules rules = new ObjectRules(heap, oldSpace, uncommitted);
        if (!newest.isSerial()) {
            new PageRules(heap, oldSpace).check();
            new MarkerRules(heap).check();
            new CommittedScan(heap, rules, uncommitted, new CommittedView(newest, uncommitted)).run();
        }
        for (final Segment segment : heap.segments()) {
            if (uncommitted.isRunning(segment)) {
                new RunningScan(heap, rules, uncommitted.of(segment)).run();
            }
        }
    }
}

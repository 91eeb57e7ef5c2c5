package org.segstm.heap.spi;

import org.segstm.heap.GlobalRoot;
import org.segstm.heap.log.CommitLog;
import org.segstm.heap.segment.Segment;
import org.segstm.heap.sharing.PageTable;
import org.segstm.heap.sharing.Privatizer;

import java.util.List;

/** All there is of a heap, while nobody moves: for collector and tools. Good only until the world goes on. */
public final class StoppedHeap {
    private final Collector collector;
    private final CollectorSpace space;
    private final CommitLog log;
    private final Privatizer privatizer;
    private final List<Segment> segments;
    private final List<MutatorRoots> mutators;
    private final List<GlobalRoot> globalRoots;

    /**
     * Describes a heap that stands still.
     *
     * @param collector   of the heap.
     * @param space       its old space and its layouts.
     * @param log         its commit log.
     * @param privatizer  what makes its pages private.
     * @param segments    that mutators run in.
     * @param mutators    roots of the mutators that are not closed.
     * @param globalRoots roots outside the transactional world.
     */
    public StoppedHeap(
        final Collector collector, final CollectorSpace space, final CommitLog log, final Privatizer privatizer,
        final List<Segment> segments, final List<MutatorRoots> mutators, final List<GlobalRoot> globalRoots) {
        this.collector = collector;
        this.space = space;
        this.log = log;
        this.privatizer = privatizer;
        this.segments = List.copyOf(segments);
        this.mutators = List.copyOf(mutators);
        this.globalRoots = List.copyOf(globalRoots);
    }

    /**
     * The collector.
     *
     * @return collector of the heap.
     */
    public Collector collector() {
        return collector;
    }

    /**
     * Configuration, map, layouts and where the base lies.
     *
     * @return what the collector was given.
     */
    public CollectorSpace space() {
        return space;
    }

    /**
     * The commit log.
     *
     * @return log of the heap.
     */
    public CommitLog log() {
        return log;
    }

    /**
     * What makes pages private.
     *
     * @return privatizer of the heap.
     */
    public Privatizer privatizer() {
        return privatizer;
    }

    /**
     * Which segment holds which unit privately.
     *
     * @return page table of the heap.
     */
    public PageTable pages() {
        return segments.get(0).pages();
    }

    /**
     * The segments.
     *
     * @return all that mutators run in, at least one.
     */
    public List<Segment> segments() {
        return segments;
    }

    /**
     * Roots of the mutators.
     *
     * @return one for each mutator that is not closed.
     */
    public List<MutatorRoots> mutators() {
        return mutators;
    }

    /**
     * Global roots.
     *
     * @return all there are.
     */
    public List<GlobalRoot> globalRoots() {
        return globalRoots;
    }

    /**
     * The attached view that has applied most of the commit log: all that was committed can be read there, as the base
     * may be behind. In no-STM mode the only one.
     *
     * @return a segment, or null when none was ever attached.
     */
    public Segment newestView() {
        Segment newest = null;
        for (final Segment segment : segments) {
            if ((segment.isSerial() || log.isAttached(segment))
                && (newest == null || segment.viewRevision() > newest.viewRevision())) {
                newest = segment;
            }
        }
        return newest;
    }
}

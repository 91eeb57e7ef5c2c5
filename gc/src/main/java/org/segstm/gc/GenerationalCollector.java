package org.segstm.gc;

import org.segstm.gc.destruction.Destructibles;
import org.segstm.gc.finalization.FinalizationHook;
import org.segstm.gc.finalization.YoungFinalizables;
import org.segstm.gc.major.MajorCollector;
import org.segstm.gc.minor.MinorCollector;
import org.segstm.gc.preexisting.PreexistingAllocator;
import org.segstm.gc.space.ObjectFinder;
import org.segstm.gc.space.OldSpace;
import org.segstm.gc.space.SegmentSpace;
import org.segstm.gc.verify.HeapVerifier;
import org.segstm.heap.segment.Segment;
import org.segstm.heap.spi.Collector;
import org.segstm.heap.spi.CollectorSpace;
import org.segstm.heap.spi.MajorResult;
import org.segstm.heap.spi.ObjectTables;
import org.segstm.heap.spi.RootSource;
import org.segstm.heap.spi.SegmentCollector;
import org.segstm.heap.spi.StoppedHeap;

import java.util.ArrayList;
import java.util.List;

/** The collector of one heap: a nursery per segment, evacuated on its own, and one old space for all. */
public final class GenerationalCollector implements Collector {
    private final OldSpace oldSpace;
    private final MajorCollector major;
    private final ObjectTables tables;
    private final List<Segment> segments = new ArrayList<>();
    private final long baseAddress;

    /**
     * Makes the collector of a heap.
     *
     * @param space the heap's old space.
     */
    public GenerationalCollector(final CollectorSpace space) {
        oldSpace = new OldSpace(space.map(), space.context().segments(), space.pressure());
        major = new MajorCollector(space, oldSpace);
        major.addHook(new FinalizationHook(space));
        tables = space.tables();
        baseAddress = space.baseAddress();
    }

    /**
     * The part for major collections, to which weak references and finalizers are added.
     *
     * @return the major collector.
     */
    public MajorCollector major() {
        return major;
    }

    /**
     * The old space, for tools.
     *
     * @return old space of the heap.
     */
    public OldSpace oldSpace() {
        return oldSpace;
    }

    @Override
    public SegmentCollector attach(final Segment segment) {
        final Destructibles destructibles = new Destructibles(segment);
        major.attach(segment, destructibles);
        segments.add(segment);
        final SegmentSpace segmentSpace = new SegmentSpace(oldSpace, segment.index(), !segment.isSerial());
        return new MinorCollector(segment, segmentSpace, destructibles,
            new YoungFinalizables(segment, tables.finalization()),
            new PreexistingAllocator(segment, segmentSpace, segments, baseAddress));
    }

    @Override
    public boolean isAllocated(final long ref) {
        return oldSpace.bitmap().isSet(ref);
    }

    @Override
    public long startOf(final long innerRef) {
        if (isAllocated(innerRef)) {
            return innerRef;
        }
        final long start = innerRef < oldSpace.usedEnd() ? new ObjectFinder(oldSpace).startOf(innerRef) : 0;
        return start != 0 && isAllocated(start) ? start : 0;
    }

    @Override
    public long usedBytes() {
        return oldSpace.usedBytes();
    }

    @Override
    public long usedEnd() {
        return oldSpace.usedEnd();
    }

    @Override
    public void verify(final StoppedHeap heap) {
        new HeapVerifier(heap, oldSpace).run();
    }

    @Override
    public MajorResult collectMajor(final RootSource roots) {
        return major.collect(roots);
    }

    @Override
    public void close() {
        major.close();
        oldSpace.close();
    }

    @Override
    public String toString() {
        return "GenerationalCollector{" + oldSpace.runs() + '}';
    }
}

package org.segstm.heap.spi;

import org.segstm.heap.segment.Segment;

/** The collector of one heap: owns the old space's allocation and knows which objects exist there. */
public interface Collector extends AutoCloseable {
    /**
     * Makes the part of the collector that serves one segment.
     *
     * @param segment to serve; called once for each, before any mutator runs in it.
     * @return its collector, driven by whoever runs in the segment.
     */
    SegmentCollector attach(Segment segment);

    /**
     * Does an allocated object of the old space start here? May be called by any thread, takes no lock.
     *
     * @param ref in the old space, aligned.
     * @return true when it does.
     */
    boolean isAllocated(long ref);

    /**
     * Start of the object that a ref lies in. The caller runs in a segment.
     *
     * @param innerRef in the old space.
     * @return ref of the object, 0 when there is none.
     */
    long startOf(long innerRef);

    /**
     * Bytes of the old space handed out to objects and to blocks for them.
     *
     * @return bytes.
     */
    long usedBytes();

    /**
     * End of the part of the old space that was ever used. Never shrinks.
     *
     * @return ref after the last byte ever handed out.
     */
    long usedEnd();

    /**
     * Verifies everything that can be reached, and the collector's own tables.
     *
     * @param heap that stands still.
     * @throws org.segstm.heap.HeapException when something is broken; the message names the first such place.
     */
    void verify(StoppedHeap heap);

    /**
     * Frees all objects that cannot be reached. Moves nothing and allocates nothing in the heap. All mutators stand
     * still, and all views have just been reshared: the base shows the newest committed state.
     *
     * @param roots shows the roots; the collector itself adds what in-flight transactions hold.
     * @return what it found and did.
     */
    MajorResult collectMajor(RootSource roots);

    @Override
    void close();
}

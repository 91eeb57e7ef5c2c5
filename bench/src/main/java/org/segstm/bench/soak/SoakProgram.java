package org.segstm.bench.soak;

import org.segstm.heap.SegmentHeap;

/** A program that runs until it is told to stop, on a heap of its own. */
interface SoakProgram extends AutoCloseable {
    /** For the report. */
    String name();

    /** The heap that is watched. */
    SegmentHeap heap();

    /** Starts its threads. */
    void start();

    /** Rounds so far: what does not count on hangs. */
    long rounds();

    /** What went wrong in one of its threads, or null. */
    Throwable failure();

    /** Ends its threads, closes its heap. */
    @Override
    void close();
}

package org.segstm.bench.pauses;

import org.segstm.bench.tool.ChildJvm;
import org.segstm.heap.HeapContext;

/**
 * What to measure in one JVM.
 *
 * @param liveBytes        size of the objects that live on.
 * @param collectorThreads threads that mark and sweep.
 * @param reshares         to ask for.
 * @param majors           to ask for, after those.
 * @param seed             of the random numbers.
 */
public record PauseRequest(long liveBytes, int collectorThreads, int reshares, int majors, long seed) {
    private static final int HEAP_OF_LIVE = 3;
    private static final long LEAST_HEAP_BYTES = 128L << 20;

    /**
     * The JVM to measure in.
     *
     * @return a child whose heap is three times as large as the live memory, at least 128 MiB.
     */
    public ChildJvm child() {
        return new ChildJvm(PauseMain.class)
            .property(HeapContext.HEAP_PROPERTY, Math.max(LEAST_HEAP_BYTES, HEAP_OF_LIVE * liveBytes))
            .property(HeapContext.GC_THREADS_PROPERTY, collectorThreads)
            .argument(liveBytes).argument(collectorThreads).argument(reshares).argument(majors).argument(seed);
    }

    static PauseRequest parse(final String... arguments) {
        int i = 0;
        return new PauseRequest(Long.parseLong(arguments[i++]), Integer.parseInt(arguments[i++]),
            Integer.parseInt(arguments[i++]), Integer.parseInt(arguments[i++]), Long.parseLong(arguments[i]));
    }
}

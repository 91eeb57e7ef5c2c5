package org.segstm.bench.survive;

import org.segstm.bench.tool.ChildResult;

/**
 * What one JVM measured.
 *
 * @param objectsPerSecond allocated that survive their transaction; median of the rounds, all threads together.
 * @param cpuShare         processor time of the whole JVM by time elapsed: collector threads count.
 * @param liveBytes        of the objects that live on, as this heap stores them.
 * @param heapBytes        size of the heap.
 */
public record SurviveResult(double objectsPerSecond, double cpuShare, long liveBytes, long heapBytes) {
    private static final String OBJECTS_PER_SECOND = "objectsPerSecond";
    private static final String CPU_SHARE = "cpuShare";
    private static final String LIVE_BYTES = "liveBytes";
    private static final String HEAP_BYTES = "heapBytes";

    /**
     * Reads what {@link SurviveMain} printed.
     *
     * @param text its output.
     * @return the result.
     */
    public static SurviveResult parse(final String text) {
        final ChildResult values = ChildResult.parse(text);
        return new SurviveResult(values.number(OBJECTS_PER_SECOND), values.number(CPU_SHARE),
            (long) values.number(LIVE_BYTES), (long) values.number(HEAP_BYTES));
    }

    String print() {
        return new ChildResult()
            .put(OBJECTS_PER_SECOND, objectsPerSecond)
            .put(CPU_SHARE, cpuShare)
            .put(LIVE_BYTES, liveBytes)
            .put(HEAP_BYTES, heapBytes)
            .print();
    }
}

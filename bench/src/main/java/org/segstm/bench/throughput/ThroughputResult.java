package org.segstm.bench.throughput;

import org.segstm.bench.tool.ChildResult;

/**
 * What one JVM measured.
 *
 * @param opsPerSecond  median of the rounds, all threads together.
 * @param abortRate     rolled back ones among all transactions of the rounds.
 * @param handOffNs     median hand-off time of a cache line between the rounds; NaN when it was not measured.
 * @param cpuShare      how much of the rounds' time the threads had a processor; below 1 the machine was busy.
 * @param javaBytes     bytes allocated on the Java heap per transaction; median of the rounds.
 * @param failedCheck   what the heap holds and should not; empty when it is right.
 * @param heapSettings  settings of the heap.
 */
public record ThroughputResult(double opsPerSecond, double abortRate, double handOffNs, double cpuShare,
    double javaBytes, String failedCheck, String heapSettings) {

    private static final String OPS_PER_SECOND = "opsPerSecond";
    private static final String ABORT_RATE = "abortRate";
    private static final String HAND_OFF_NS = "handOffNs";
    private static final String CPU_SHARE = "cpuShare";
    private static final String JAVA_BYTES = "javaBytes";
    private static final String FAILED_CHECK = "failedCheck";
    private static final String HEAP_SETTINGS = "heapSettings";

    /**
     * Did the heap hold what was committed?
     *
     * @return true when it did.
     */
    public boolean check() {
        return failedCheck.isEmpty();
    }

    /**
     * Reads what {@link ThroughputMain} printed.
     *
     * @param text its output.
     * @return the result.
     * @throws IllegalArgumentException when the heap refused a setting; with its message.
     */
    public static ThroughputResult parse(final String text) {
        final ChildResult values = ChildResult.parse(text);
        return new ThroughputResult(values.number(OPS_PER_SECOND), values.number(ABORT_RATE),
            values.number(HAND_OFF_NS), values.number(CPU_SHARE), values.number(JAVA_BYTES),
            values.text(FAILED_CHECK), values.text(HEAP_SETTINGS));
    }

    String print() {
        return new ChildResult()
            .put(OPS_PER_SECOND, opsPerSecond)
            .put(ABORT_RATE, abortRate)
            .put(HAND_OFF_NS, handOffNs)
            .put(CPU_SHARE, cpuShare)
            .put(JAVA_BYTES, javaBytes)
            .put(FAILED_CHECK, failedCheck)
            .put(HEAP_SETTINGS, heapSettings)
            .print();
    }
}

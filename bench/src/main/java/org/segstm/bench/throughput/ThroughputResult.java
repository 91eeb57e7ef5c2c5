package org.segstm.bench.throughput;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.Properties;

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
    private static final String WRONG_SETTING = "wrongSetting";

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
        final Properties lines = new Properties();
        try {
            lines.load(new StringReader(text));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        if (lines.containsKey(WRONG_SETTING)) {
            throw new IllegalArgumentException(lines.getProperty(WRONG_SETTING));
        }
        return new ThroughputResult(number(lines, OPS_PER_SECOND), number(lines, ABORT_RATE),
            number(lines, HAND_OFF_NS), number(lines, CPU_SHARE), number(lines, JAVA_BYTES),
            lines.getProperty(FAILED_CHECK), lines.getProperty(HEAP_SETTINGS));
    }

    private static double number(final Properties lines, final String key) {
        return Double.parseDouble(lines.getProperty(key));
    }

    static String printWrongSetting(final String message) {
        return line(WRONG_SETTING, message);
    }

    String print() {
        return line(OPS_PER_SECOND, opsPerSecond) + line(ABORT_RATE, abortRate) + line(HAND_OFF_NS, handOffNs)
            + line(CPU_SHARE, cpuShare) + line(JAVA_BYTES, javaBytes) + line(FAILED_CHECK, failedCheck)
            + line(HEAP_SETTINGS, heapSettings);
    }

    private static String line(final String key, final Object value) {
        return key + "=" + value.toString().replace("\\", "\\\\").replace("\n", "\\n") + "\n";
    }
}

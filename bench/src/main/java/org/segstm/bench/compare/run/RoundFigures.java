package org.segstm.bench.compare.run;

import org.segstm.bench.tool.ChildResult;

/**
 * What one round of one JVM gave.
 *
 * @param rate       transactions a second of all threads; where the first thread does something else, of that one.
 * @param besideRate transactions a second of the other threads there; else 0.
 * @param committed  transactions of all threads.
 * @param attempts   runs of transactions of all threads.
 * @param leadRetries runs that did not commit, of the first thread.
 * @param javaBytes  bytes allocated on the Java heap per transaction.
 * @param cpuShare   how much of the round the threads had a processor.
 * @param handOffNs  hand-off time of a cache line before the round; NaN when there is one thread.
 */
public record RoundFigures(double rate, double besideRate, long committed, long attempts, long leadRetries,
    double javaBytes, double cpuShare, double handOffNs) {

    private static final String RATE = "rate";
    private static final String BESIDE_RATE = "besideRate";
    private static final String COMMITTED = "committed";
    private static final String ATTEMPTS = "attempts";
    private static final String LEAD_RETRIES = "leadRetries";
    private static final String JAVA_BYTES = "javaBytes";
    private static final String CPU_SHARE = "cpuShare";
    private static final String HAND_OFF_NS = "handOffNs";

    /**
     * Reads what a child said.
     *
     * @param values its answer.
     * @return the figures.
     */
    public static RoundFigures of(final ChildResult values) {
        return new RoundFigures(values.number(RATE), values.number(BESIDE_RATE), (long) values.number(COMMITTED),
            (long) values.number(ATTEMPTS), (long) values.number(LEAD_RETRIES), values.number(JAVA_BYTES),
            values.number(CPU_SHARE), values.number(HAND_OFF_NS));
    }

    ChildResult toResult() {
        return new ChildResult().put(RATE, rate).put(BESIDE_RATE, besideRate).put(COMMITTED, committed)
            .put(ATTEMPTS, attempts).put(LEAD_RETRIES, leadRetries).put(JAVA_BYTES, javaBytes)
            .put(CPU_SHARE, cpuShare).put(HAND_OFF_NS, handOffNs);
    }
}

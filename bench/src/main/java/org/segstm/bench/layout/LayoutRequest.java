package org.segstm.bench.layout;

import org.segstm.bench.tool.ChildJvm;

import java.util.concurrent.TimeUnit;

/**
 * What to measure in one JVM, whose system properties tell where.
 *
 * @param workload    what the threads do.
 * @param warmUpNanos before the rounds that count.
 * @param rounds      that count.
 * @param roundNanos  length of a round.
 */
public record LayoutRequest(LayoutWorkload workload, long warmUpNanos, int rounds, long roundNanos) {
    /** Usual number of rounds. */
    public static final int ROUNDS = 5;

    /**
     * A request in seconds, with the usual number of rounds.
     *
     * @param workload      what the threads do.
     * @param warmUpSeconds before what counts.
     * @param seconds       that count, in all rounds together.
     * @return the request.
     */
    public static LayoutRequest ofSeconds(
        final LayoutWorkload workload, final double warmUpSeconds, final double seconds) {
        return new LayoutRequest(workload, nanos(warmUpSeconds), ROUNDS, nanos(seconds / ROUNDS));
    }

    private static long nanos(final double seconds) {
        return (long) (seconds * TimeUnit.SECONDS.toNanos(1));
    }

    /**
     * Measures in a JVM of its own.
     *
     * @param point where.
     * @return what was measured.
     * @throws IllegalArgumentException when the heap refused a setting; with its message.
     */
    public LayoutResult measureAt(final LayoutPoint point) {
        return LayoutResult.parse(point.applyTo(new ChildJvm(LayoutMain.class))
            .argument(workload.id()).argument(warmUpNanos).argument(rounds).argument(roundNanos).run());
    }

    static LayoutRequest parse(final String... arguments) {
        return new LayoutRequest(LayoutWorkload.of(arguments[0]), Long.parseLong(arguments[1]),
            Integer.parseInt(arguments[2]), Long.parseLong(arguments[3]));
    }
}

package org.segstm.bench.throughput;

import org.segstm.bench.tool.ChildJvm;

import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * What to measure in one JVM.
 *
 * @param test        what the threads do.
 * @param threads     how many.
 * @param warmUpNanos before the rounds that count.
 * @param rounds      that count.
 * @param roundNanos  length of a round.
 */
public record ThroughputRequest(ThroughputTest test, int threads, long warmUpNanos, int rounds, long roundNanos) {
    /** Usual number of rounds. */
    public static final int ROUNDS = 5;

    /**
     * A request in seconds, with the usual number of rounds.
     *
     * @param test          what the threads do.
     * @param threads       how many.
     * @param warmUpSeconds before what counts.
     * @param seconds       that count, in all rounds together.
     * @return the request.
     */
    public static ThroughputRequest ofSeconds(
        final ThroughputTest test, final int threads, final double warmUpSeconds, final double seconds) {
        return new ThroughputRequest(test, threads, nanos(warmUpSeconds), ROUNDS, nanos(seconds / ROUNDS));
    }

    private static long nanos(final double seconds) {
        return (long) (seconds * TimeUnit.SECONDS.toNanos(1));
    }

    /**
     * The JVM to measure in.
     *
     * @return a child without settings of the heap yet.
     */
    public ChildJvm child() {
        return new ChildJvm(ThroughputMain.class)
            .argument(test.id()).argument(threads).argument(warmUpNanos).argument(rounds).argument(roundNanos);
    }

    /**
     * The child JVM that measures while its heap reports what it does.
     *
     * @param reporting what to report.
     * @return to be run.
     */
    public ChildJvm child(final Reporting reporting) {
        return child().property(Reporting.PROPERTY, reporting.name().toLowerCase(Locale.ROOT));
    }

    static ThroughputRequest parse(final String... arguments) {
        final long[] numbers = Arrays.stream(arguments).skip(1).mapToLong(Long::parseLong).toArray();
        return new ThroughputRequest(
            ThroughputTest.of(arguments[0]), (int) numbers[0], numbers[1], (int) numbers[2], numbers[3]);
    }
}

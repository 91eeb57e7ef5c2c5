package org.segstm.bench.pauses;

import org.HdrHistogram.Histogram;
import org.segstm.bench.tool.ChildResult;
import org.segstm.heap.CollectionEvent;

import java.util.Locale;
import java.util.Map;

/** What one JVM measured: a summary of each kind of pause and of each phase of major collections. */
public final class PauseResult {
    private static final double MEDIAN = 50;
    private static final double NINETY_NINE = 99;
    private static final String HEAP_SETTINGS = "heapSettings";
    private static final String LIVE_BYTES = "liveBytes";
    private final ChildResult values;

    private PauseResult(final ChildResult values) {
        this.values = values;
    }

    PauseResult(
        final Map<CollectionEvent.Kind, Histogram> pauses, final Map<CollectionEvent.Phase, Histogram> majorPhases,
        final long liveBytes, final String heapSettings) {
        this(new ChildResult().put(LIVE_BYTES, liveBytes).put(HEAP_SETTINGS, heapSettings));
        pauses.forEach((kind, histogram) -> add(nameOf(kind), histogram));
        majorPhases.forEach((phase, histogram) -> add(nameOf(phase), histogram));
    }

    private void add(final String name, final Histogram histogram) {
        values.put(name + ".count", histogram.getTotalCount())
            .put(name + ".median", histogram.getValueAtPercentile(MEDIAN))
            .put(name + ".p99", histogram.getValueAtPercentile(NINETY_NINE))
            .put(name + ".max", histogram.getMaxValue());
    }

    /**
     * Reads what {@link PauseMain} printed.
     *
     * @param text its output.
     * @return the result.
     * @throws IllegalArgumentException when the heap refused a setting; with its message.
     */
    public static PauseResult parse(final String text) {
        return new PauseResult(ChildResult.parse(text));
    }

    String print() {
        return values.print();
    }

    /**
     * Live memory that the last major collection found.
     *
     * @return bytes.
     */
    public long liveBytes() {
        return (long) values.number(LIVE_BYTES);
    }

    /**
     * Settings of the heap.
     *
     * @return the settings.
     */
    public String heapSettings() {
        return values.text(HEAP_SETTINGS);
    }

    /**
     * Pauses of a kind of collection.
     *
     * @param kind of collection.
     * @return their summary.
     */
    public Summary pauses(final CollectionEvent.Kind kind) {
        return summary(nameOf(kind));
    }

    /**
     * A phase of major collections.
     *
     * @param phase of them.
     * @return its summary.
     */
    public Summary majorPhase(final CollectionEvent.Phase phase) {
        return summary(nameOf(phase));
    }

    private Summary summary(final String name) {
        return new Summary((long) values.number(name + ".count"), values.number(name + ".median"),
            values.number(name + ".p99"), values.number(name + ".max"));
    }

    private static String nameOf(final CollectionEvent.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    private static String nameOf(final CollectionEvent.Phase phase) {
        return "phase." + phase.name().toLowerCase(Locale.ROOT);
    }

    /**
     * Durations in nanoseconds.
     *
     * @param count  how many.
     * @param median half of them are at most this.
     * @param p99    99 of 100 are at most this.
     * @param max    the longest.
     */
    public record Summary(long count, double median, double p99, double max) {
    }
}

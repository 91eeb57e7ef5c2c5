package org.segstm.bench.seeds;

import org.segstm.bench.tool.TextTable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/** Collects seconds and prints them beside the published ones. */
public final class SeedsReport {
    private final List<Line> lines = new ArrayList<>();

    /**
     * Adds a figure.
     *
     * @param seed    the row.
     * @param shape   of the program.
     * @param threads number, 0 without STM.
     * @param seconds that it took.
     * @param process seconds of the whole process.
     * @param right   was the result right?
     */
    public void add(
        final Seed seed, final Seed.Shape shape, final int threads, final double seconds, final double process,
        final boolean right) {
        lines.add(new Line(seed, shape, threads, seconds, process, right));
    }

    /**
     * Were all results right?
     *
     * @return true when they were.
     */
    public boolean isRight() {
        return lines.stream().allMatch(Line::right);
    }

    /**
     * The table.
     *
     * @return seconds and ratios.
     */
    public TextTable table() {
        final TextTable table = new TextTable("program", "shape", "threads", "seconds", "with JVM", "of no-STM",
            "speed-up", "published", "of no-STM", "speed-up", "result");
        for (final Line line : lines) {
            final double published = line.seed.published(line.threads);
            table.row(line.seed.title(), line.shape.id(), line.threads == 0 ? "no STM" : "" + line.threads,
                number(line.seconds), number(line.process),
                number(line.seconds / seconds(line, 0)), number(seconds(line, 1) / line.seconds),
                number(published), number(published / line.seed.published(0)),
                number(line.seed.published(1) / published), line.right ? "right" : "WRONG");
        }
        return table;
    }

    private double seconds(final Line line, final int threads) {
        final OptionalDouble found = lines.stream().filter(
            other -> other.seed == line.seed && other.shape == line.shape && other.threads == threads)
            .mapToDouble(Line::seconds).findFirst();
        return found.orElse(Double.NaN);
    }

    private static String number(final double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, value < 0.1 ? "%.4f" : "%.2f", value);
    }

    /**
     * All figures.
     *
     * @return a list of maps, as JSON has them.
     */
    public List<Map<String, Object>> toJson() {
        final List<Map<String, Object>> all = new ArrayList<>();
        for (final Line line : lines) {
            final Map<String, Object> json = new LinkedHashMap<>();
            json.put("program", line.seed.id());
            json.put("shape", line.shape.id());
            json.put("threads", line.threads);
            json.put("seconds", line.seconds);
            json.put("processSeconds", line.process);
            if (!Double.isNaN(line.seed.published(line.threads))) {
                json.put("published", line.seed.published(line.threads));
            }
            json.put("right", line.right);
            all.add(json);
        }
        return all;
    }

    private record Line(Seed seed, Seed.Shape shape, int threads, double seconds, double process, boolean right) {
    }
}

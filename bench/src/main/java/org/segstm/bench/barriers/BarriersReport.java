package org.segstm.bench.barriers;

import org.segstm.bench.tool.Figures;
import org.segstm.bench.tool.TextTable;
import org.segstm.duhton.compile.BarrierCounters.Kind;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Collects counts and seconds of programs, and compares ways to run them. */
public final class BarriersReport {
    private static final String NOTHING = "-";
    private final Map<String, Lines> programs = new LinkedHashMap<>();

    /**
     * Adds what a run printed.
     *
     * @param program that was run.
     * @param output  that it printed.
     */
    public void addOutput(final DuhtonText program, final String output) {
        final Lines lines = lines(program);
        final String expected = lines.expected == null ? output : lines.expected;
        lines.expected = expected;
        lines.right &= expected.equals(output);
    }

    /**
     * Adds what a program executed.
     *
     * @param program that was run.
     * @param way     {@link Way#NAIVE} or {@link Way#PLACED}.
     * @param kind    of operation.
     * @param count   how often.
     */
    public void addCount(final DuhtonText program, final Way way, final Kind kind, final long count) {
        lines(program).counts.computeIfAbsent(way, key -> new EnumMap<>(Kind.class)).put(kind, count);
    }

    /**
     * Adds seconds that a program took.
     *
     * @param program that was run.
     * @param way     it was run.
     * @param seconds of a JVM.
     */
    public void addSeconds(final DuhtonText program, final Way way, final double seconds) {
        lines(program).seconds.computeIfAbsent(way, key -> new ArrayList<>()).add(seconds);
    }

    private Lines lines(final DuhtonText program) {
        return programs.computeIfAbsent(program.name(), name -> new Lines(program.expected()));
    }

    /**
     * Has each program printed the same each time, and what is expected?
     *
     * @return true when they have.
     */
    public boolean isRight() {
        return programs.values().stream().allMatch(lines -> lines.right);
    }

    /**
     * How often what was executed.
     *
     * @return a row for each program and kind of operation that occurred.
     */
    public TextTable countTable() {
        final TextTable table = new TextTable("program", "executed", "naive", "placed", "gone");
        programs.forEach((name, lines) -> {
            for (final Kind kind : Kind.values()) {
                final long naive = lines.count(Way.NAIVE, kind);
                final long placed = lines.count(Way.PLACED, kind);
                if (naive != 0 || placed != 0) {
                    table.row(name, id(kind), Long.toString(naive), Long.toString(placed),
                        naive == 0 ? NOTHING : Figures.percent(gone(naive, placed)));
                }
            }
        });
        return table;
    }

    /**
     * How long it took.
     *
     * @return a row for each program.
     */
    public TextTable timeTable() {
        final TextTable table = new TextTable("program", "interpreted s", "naive s", "placed s", "saved", "no STM s",
            "of no STM", "of interpreted", "result");
        programs.forEach((name, lines) -> table.row(name, seconds(lines, Way.INTERPRETED), seconds(lines, Way.NAIVE),
            seconds(lines, Way.PLACED),
            percent(1 - lines.median(Way.PLACED) / lines.median(Way.NAIVE)), seconds(lines, Way.NO_STM),
            number(lines.median(Way.PLACED) / lines.median(Way.NO_STM)),
            number(lines.median(Way.PLACED) / lines.median(Way.INTERPRETED)), lines.right ? "right" : "WRONG"));
        return table;
    }

    private static String seconds(final Lines lines, final Way way) {
        return number(lines.median(way));
    }

    private static String number(final double value) {
        return Double.isNaN(value) ? NOTHING : String.format(Locale.ROOT, "%.3f", value);
    }

    private static String percent(final double share) {
        return Double.isNaN(share) ? NOTHING : Figures.percent(share);
    }

    private static double gone(final long naive, final long placed) {
        return 1 - (double) placed / naive;
    }

    private static String id(final Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /**
     * All figures.
     *
     * @return a list of maps, one per program, as JSON has them.
     */
    public List<Map<String, Object>> toJson() {
        final List<Map<String, Object>> all = new ArrayList<>();
        programs.forEach((name, lines) -> {
            final Map<String, Object> json = new LinkedHashMap<>();
            json.put("program", name);
            lines.counts.forEach((way, counts) -> counts.forEach(
                (kind, count) -> json.put(way.id() + "." + kind.name().toLowerCase(Locale.ROOT), count)));
            lines.seconds.forEach((way, seconds) -> json.put(way.id() + ".seconds", lines.median(way)));
            json.put("right", lines.right);
            all.add(json);
        });
        return all;
    }

    /** What is known of a program. */
    private static final class Lines {
        private final Map<Way, Map<Kind, Long>> counts = new EnumMap<>(Way.class);
        private final Map<Way, List<Double>> seconds = new EnumMap<>(Way.class);
        private String expected;
        private boolean right = true;

        Lines(final String expected) {
            this.expected = expected;
        }

        long count(final Way way, final Kind kind) {
            return counts.getOrDefault(way, Map.of()).getOrDefault(kind, 0L);
        }

        double median(final Way way) {
            final List<Double> all = seconds.get(way);
            return all == null ? Double.NaN : Figures.median(all.stream().mapToDouble(Double::doubleValue).toArray());
        }
    }
}

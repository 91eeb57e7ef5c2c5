package org.segstm.bench.isolation;

import org.segstm.bench.isolation.check.CheckCounts;
import org.segstm.bench.isolation.workload.RunCounts;
import org.segstm.bench.tool.TextTable;
import org.segstm.heap.PageSharing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Counts of all strategies, as a table and as JSON. */
public final class IsolationReport {
    private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);
    private final Map<PageSharing, RunCounts> counts = new LinkedHashMap<>();
    private final Map<PageSharing, Double> seconds = new LinkedHashMap<>();

    /** Makes an empty report. */
    public IsolationReport() {
    }

    /**
     * Adds the runs of a strategy.
     *
     * @param strategy       that was run.
     * @param strategyCounts of all its scenarios.
     * @param nanos          that they took.
     */
    public void add(final PageSharing strategy, final RunCounts strategyCounts, final long nanos) {
        counts.put(strategy, strategyCounts);
        seconds.put(strategy, nanos / NANOS_PER_SECOND);
    }

    /**
     * The report as JSON.
     *
     * @param seed of the first scenario.
     * @return a value for {@link org.segstm.bench.tool.JsonWriter}.
     */
    public Map<String, Object> toJson(final long seed) {
        final List<Object> rows = new ArrayList<>();
        counts.forEach((strategy, each) -> {
            final Map<String, Object> row = new LinkedHashMap<>();
            row.put("strategy", nameOf(strategy));
            row.putAll(values(each));
            row.put("seconds", seconds.get(strategy));
            row.put("secondsOfChecking", each.checked().nanos() / NANOS_PER_SECOND);
            rows.add(row);
        });
        return Map.of("seed", seed, "strategies", rows);
    }

    private static Map<String, Long> values(final RunCounts each) {
        final CheckCounts checked = each.checked();
        final Map<String, Long> values = new LinkedHashMap<>();
        values.put("scenarios", each.scenarios());
        values.put("rounds", checked.rounds());
        values.put("transactions", checked.committed());
        values.put("inevitable", each.inevitable());
        values.put("abortedAttempts", checked.aborted());
        values.put("reads", checked.reads());
        values.put("writes", checked.writes());
        values.put("edges", checked.edges());
        values.put("minorCollections", each.minorCollections());
        values.put("majorCollections", each.majorCollections());
        values.put("reshares", each.reshares());
        return values;
    }

    @Override
    public String toString() {
        final RunCounts all = new RunCounts();
        counts.values().forEach(all::add);
        final List<PageSharing> strategies = new ArrayList<>(counts.keySet());
        final List<String> heads = new ArrayList<>(List.of(""));
        strategies.forEach(strategy -> heads.add(nameOf(strategy)));
        heads.add("all");
        final TextTable table = new TextTable(heads.toArray(String[]::new));
        final List<Map<String, Long>> columns = new ArrayList<>();
        strategies.forEach(strategy -> columns.add(values(counts.get(strategy))));
        columns.add(values(all));
        for (final String key : columns.get(0).keySet()) {
            final List<String> row = new ArrayList<>(List.of(words(key)));
            columns.forEach(column -> row.add(String.format(Locale.ROOT, "%,d", column.get(key))));
            table.row(row.toArray(String[]::new));
        }
        final List<String> row = new ArrayList<>(List.of("seconds"));
        strategies.forEach(strategy -> row.add(whole(seconds.get(strategy))));
        row.add(whole(seconds.values().stream().mapToDouble(Double::doubleValue).sum()));
        return table.row(row.toArray(String[]::new)).toString();
    }

    private static String whole(final double number) {
        return String.format(Locale.ROOT, "%.0f", number);
    }

    private static String words(final String key) {
        return key.replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT);
    }

    private static String nameOf(final PageSharing strategy) {
        return strategy.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

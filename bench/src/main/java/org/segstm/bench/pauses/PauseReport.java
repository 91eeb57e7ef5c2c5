package org.segstm.bench.pauses;

import org.segstm.bench.tool.Figures;
import org.segstm.bench.tool.TextTable;
import org.segstm.heap.CollectionEvent;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Collects results, prints them as a table and turns them into JSON. */
public final class PauseReport {
    private static final double NANOS_IN_MS = 1e6;
    private static final double BYTES_IN_MIB = 1 << 20;
    private static final String NOTHING = "-";
    private final List<Line> lines = new ArrayList<>();

    /**
     * Adds a result.
     *
     * @param collectorThreads threads that marked.
     * @param result           of the JVM.
     */
    public void add(final int collectorThreads, final PauseResult result) {
        lines.add(new Line(collectorThreads, result));
    }

    /**
     * Settings of the first heap that was measured.
     *
     * @return the settings.
     */
    public String heapSettings() {
        return lines.get(0).result.heapSettings();
    }

    /**
     * Prints the table.
     *
     * @param out where to.
     */
    public void printOn(final PrintWriter out) {
        final TextTable table = new TextTable("live MiB", "gc threads", "kind", "count", "median ms", "p99 ms",
            "max ms", "stop", "reshare", "mark", "hooks", "sweep", "return");
        for (final Line line : lines) {
            for (final CollectionEvent.Kind kind : CollectionEvent.Kind.values()) {
                final PauseResult.Summary pauses = line.result.pauses(kind);
                table.row(Math.round(line.result.liveBytes() / BYTES_IN_MIB) + "",
                    Integer.toString(line.collectorThreads), kind.name().toLowerCase(Locale.ROOT),
                    Long.toString(pauses.count()), ms(pauses.median()), ms(pauses.p99()), ms(pauses.max()),
                    phase(line, kind, CollectionEvent.Phase.STOP), phase(line, kind, CollectionEvent.Phase.RESHARE),
                    phase(line, kind, CollectionEvent.Phase.MARK), phase(line, kind, CollectionEvent.Phase.HOOKS),
                    phase(line, kind, CollectionEvent.Phase.SWEEP), phase(line, kind, CollectionEvent.Phase.RETURN));
            }
        }
        out.print(table);
        out.println("Phases: medians of the major collections, in ms.");
    }

    private static String phase(
        final Line line, final CollectionEvent.Kind kind, final CollectionEvent.Phase phase) {
        return kind == CollectionEvent.Kind.MAJOR ? ms(line.result.majorPhase(phase).median()) : NOTHING;
    }

    private static String ms(final double nanos) {
        return Figures.threeDigits(nanos / NANOS_IN_MS);
    }

    /**
     * All figures, in nanoseconds.
     *
     * @return a list of maps, as JSON has them.
     */
    public List<Map<String, Object>> toJson() {
        return lines.stream().map(Line::toJson).toList();
    }

    private record Line(int collectorThreads, PauseResult result) {
        Map<String, Object> toJson() {
            final Map<String, Object> json = new LinkedHashMap<>();
            json.put("liveBytes", result.liveBytes());
            json.put("collectorThreads", collectorThreads);
            for (final CollectionEvent.Kind kind : CollectionEvent.Kind.values()) {
                json.put(kind.name().toLowerCase(Locale.ROOT), toJson(result.pauses(kind)));
            }
            final Map<String, Object> phases = new LinkedHashMap<>();
            for (final CollectionEvent.Phase phase : CollectionEvent.Phase.values()) {
                phases.put(phase.name().toLowerCase(Locale.ROOT), toJson(result.majorPhase(phase)));
            }
            json.put("majorPhases", phases);
            return json;
        }

        private static Map<String, Object> toJson(final PauseResult.Summary summary) {
            final Map<String, Object> json = new LinkedHashMap<>();
            json.put("count", summary.count());
            json.put("median", summary.median());
            json.put("p99", summary.p99());
            json.put("max", summary.max());
            return json;
        }
    }
}

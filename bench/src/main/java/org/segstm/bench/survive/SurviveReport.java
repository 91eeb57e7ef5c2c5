package org.segstm.bench.survive;

import org.segstm.bench.tool.Figures;
import org.segstm.bench.tool.TextTable;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Collects results, prints them as a table with ratios, and turns them into JSON. */
public final class SurviveReport {
    private static final double BYTES_IN_MIB = 1 << 20;
    private static final String NOTHING = "-";
    private final List<Line> lines = new ArrayList<>();

    /**
     * Adds a result.
     *
     * @param request what was measured.
     * @param result  of the JVM.
     */
    public void add(final SurviveRequest request, final SurviveResult result) {
        lines.add(new Line(request, result));
    }

    /**
     * Prints the table.
     *
     * @param out where to.
     */
    public void printOn(final PrintWriter out) {
        final TextTable table = new TextTable(
            "live objects", "heap", "threads", "live MiB", "heap MiB", "objects/s", "of java", "processors");
        for (final Line line : lines) {
            table.row(Long.toString(line.request.liveObjects()), line.request.kind().name().toLowerCase(Locale.ROOT),
                Integer.toString(line.request.threads()), mib(line.result.liveBytes()), mib(line.result.heapBytes()),
                Figures.rate(line.result.objectsPerSecond()), ofJava(line),
                Figures.threeDigits(line.result.cpuShare()));
        }
        out.print(table);
    }

    private static String mib(final long bytes) {
        return Long.toString(Math.round(bytes / BYTES_IN_MIB));
    }

    private String ofJava(final Line line) {
        return lines.stream()
            .filter(other -> other != line && other.request.kind() == Survivors.Kind.JAVA
                && other.request.threads() == line.request.threads()
                && other.request.liveObjects() == line.request.liveObjects())
            .findFirst()
            .map(java -> Figures.threeDigits(line.result.objectsPerSecond() / java.result.objectsPerSecond()))
            .orElse(NOTHING);
    }

    /**
     * All figures.
     *
     * @return a list of maps, as JSON has them.
     */
    public List<Map<String, Object>> toJson() {
        return lines.stream().map(Line::toJson).toList();
    }

    private record Line(SurviveRequest request, SurviveResult result) {
        Map<String, Object> toJson() {
            final Map<String, Object> json = new LinkedHashMap<>();
            json.put("liveObjects", request.liveObjects());
            json.put("heap", request.kind().name().toLowerCase(Locale.ROOT));
            json.put("threads", request.threads());
            json.put("liveBytes", result.liveBytes());
            json.put("heapBytes", result.heapBytes());
            json.put("objectsPerSecond", result.objectsPerSecond());
            json.put("processors", result.cpuShare());
            return json;
        }
    }
}

package org.segstm.bench.throughput;

import org.segstm.bench.tool.Figures;
import org.segstm.bench.tool.TextTable;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects results, prints them as a table and turns them into JSON. */
public final class ThroughputReport {
    private static final String NOTHING = "-";
    private static final double BUSY_BELOW = 0.95;
    private final List<Line> lines = new ArrayList<>();

    /**
     * Adds a figure.
     *
     * @param test    that was measured.
     * @param serial  true without STM.
     * @param threads that ran it.
     * @param result  of the JVM.
     */
    public void add(
        final ThroughputTest test, final boolean serial, final int threads, final ThroughputResult result) {
        lines.add(new Line(test, serial, threads, result));
    }

    /**
     * Settings of the measured heap.
     *
     * @return those of the first heap with STM if there is one.
     */
    public String heapSettings() {
        return lines.stream().filter(line -> !line.serial).findFirst().orElse(lines.get(0)).result.heapSettings();
    }

    /**
     * Did every heap hold what was committed?
     *
     * @return true when all did.
     */
    public boolean allChecksPassed() {
        return lines.stream().allMatch(line -> line.result.check());
    }

    /**
     * Prints the table, and what checks found.
     *
     * @param out where to.
     */
    public void printOn(final PrintWriter out) {
        final TextTable table =
            new TextTable("test", "mode", "threads", "ops/s", "of serial", "aborts", "cpu", "hand-off ns",
                "check");
        for (final Line line : lines) {
            final ThroughputResult result = line.result;
            table.row(line.test.id(), line.mode(), Integer.toString(line.threads), Figures.rate(result.opsPerSecond()),
                ofSerial(line), Figures.percent(result.abortRate()), Math.round(result.cpuShare() * 100) + " %",
                Double.isNaN(result.handOffNs()) ? NOTHING : Figures.threeDigits(result.handOffNs()),
                result.check() ? "ok" : "FAILED");
        }
        out.print(table);
        if (lines.stream().anyMatch(line -> line.result.cpuShare() < BUSY_BELOW)) {
            out.println("The machine was busy: figures with little cpu say more about it than about the heap.");
        }
        for (final Line line : lines) {
            if (!line.result.check()) {
                out.println("check failed: " + line.test.id() + ", " + line.mode() + ", threads: " + line.threads
                    + ": " + line.result.failedCheck());
            }
        }
    }

    private String ofSerial(final Line line) {
        return lines.stream().filter(other -> other.serial && other.test == line.test && other != line).findFirst()
            .map(other -> Figures.threeDigits(line.result.opsPerSecond() / other.result.opsPerSecond()))
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

    private record Line(ThroughputTest test, boolean serial, int threads, ThroughputResult result) {
        String mode() {
            return serial ? "serial" : "stm";
        }

        Map<String, Object> toJson() {
            final Map<String, Object> json = new LinkedHashMap<>();
            json.put("test", test.id());
            json.put("mode", mode());
            json.put("threads", threads);
            json.put("opsPerSecond", result.opsPerSecond());
            json.put("abortRate", result.abortRate());
            json.put("cpuShare", result.cpuShare());
            json.put("check", result.check());
            json.put("handOffNs", Double.isNaN(result.handOffNs()) ? null : result.handOffNs());
            json.put("javaBytesPerTransaction", result.javaBytes());
            return json;
        }
    }
}

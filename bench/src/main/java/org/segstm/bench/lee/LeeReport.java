package org.segstm.bench.lee;

import org.segstm.bench.tool.Figures;
import org.segstm.bench.tool.TextTable;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** Collects figures and turns them into a table, Markdown and JSON. */
public final class LeeReport {
    private static final String NOTHING = "-";
    private final List<LeeFigures> lines = new ArrayList<>();

    void add(final LeeFigures figures) {
        lines.add(figures);
    }

    List<LeeFigures> lines() {
        return lines;
    }

    /**
     * Was every board laid as it should be, each time?
     *
     * @return true when all were.
     */
    public boolean allChecksPassed() {
        return lines.stream().allMatch(line -> line.failedCheck().isEmpty());
    }

    /**
     * Settings of our heap.
     *
     * @return text, or nothing.
     */
    public String heapSettings() {
        return lines.stream().map(LeeFigures::settings).filter(text -> !text.isEmpty()).findFirst().orElse("");
    }

    /**
     * Prints the table, and what checks found.
     *
     * @param out where to.
     */
    public void printOn(final PrintWriter out) {
        out.print(table());
        for (final LeeFigures line : lines) {
            if (!line.failedCheck().isEmpty()) {
                out.println("check failed: " + line.board().name() + ", " + line.kind().id() + ", "
                    + line.way().id() + ", threads: " + line.threads() + ": " + line.failedCheck());
            }
        }
    }

    /**
     * The table in Markdown.
     *
     * @return lines.
     */
    public String toMarkdown() {
        return table().toMarkdown();
    }

    private TextTable table() {
        final TextTable table = new TextTable("board", "routes", "memory", "transaction", "threads", "ms",
            "times sequential", "waves in vain", "hand-off ns", "check");
        for (final LeeFigures line : lines) {
            table.row(line.board().name(), Integer.toString(line.board().routes().size()), line.kind().id(),
                line.isSequential() ? NOTHING : line.way().id(),
                line.isSequential() ? "1" : Integer.toString(line.threads()),
                Figures.threeDigits(line.milliseconds()), timesSequential(line), Figures.percent(line.inVain()),
                Double.isNaN(line.handOffNs()) ? NOTHING : Figures.threeDigits(line.handOffNs()),
                line.failedCheck().isEmpty() ? "ok" : "FAILED");
        }
        return table;
    }

    /**
     * How many times as fast as the fastest sequential JVM on this board: there is one in each group, and they differ.
     */
    private String timesSequential(final LeeFigures line) {
        final OptionalDouble fastest = lines.stream()
            .filter(other -> other.isSequential() && other.board().name().equals(line.board().name()))
            .mapToDouble(LeeFigures::milliseconds).min();
        return fastest.isEmpty() || line.isSequential() ? NOTHING
            : Figures.threeDigits(fastest.getAsDouble() / line.milliseconds());
    }

    /**
     * All figures.
     *
     * @return a list of maps, as JSON has them.
     */
    public List<Map<String, Object>> toJson() {
        return lines.stream().map(LeeFigures::toJson).toList();
    }
}

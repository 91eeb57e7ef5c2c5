package org.segstm.bench.compare;

import org.segstm.bench.compare.peer.Party;
import org.segstm.bench.compare.workload.Workload;
import org.segstm.bench.tool.Figures;
import org.segstm.bench.tool.TextTable;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** Collects rows and turns them into a table, Markdown and JSON. */
public final class CompareReport {
    private static final String NOTHING = "-";
    private static final double BUSY_BELOW = 0.95;
    private final List<Party> parties;
    private final List<Row> rows = new ArrayList<>();

    /**
     * Starts a report.
     *
     * @param parties that have a column.
     */
    public CompareReport(final List<Party> parties) {
        this.parties = parties;
    }

    /**
     * Adds a row. What plain arrays do on one thread is the limit of the rows that follow.
     *
     * @param workload that was run.
     * @param threads  how many.
     * @param figures  of those that took part.
     */
    public void add(final Workload workload, final int threads, final Map<Party, PartyFigures> figures) {
        final PartyFigures plain = figures.get(Party.PLAIN);
        final double limitOfOne = plain != null ? plain.rate() : rows.stream()
            .filter(row -> row.workload() == workload && row.threads() == 1)
            .mapToDouble(Row::limit).findFirst().orElse(Double.NaN);
        final int busy = Math.min(threads, Runtime.getRuntime().availableProcessors());
        rows.add(new Row(workload, threads, figures, limitOfOne * busy));
    }

    /**
     * Was everything right that transactions saw and left behind?
     *
     * @return true when it was.
     */
    public boolean allChecksPassed() {
        return rows.stream().flatMap(row -> row.figures().values().stream()).allMatch(PartyFigures::check);
    }

    /**
     * Settings of our heap.
     *
     * @return text, or nothing.
     */
    public String heapSettings() {
        return rows.stream().map(Row::ours).filter(Objects::nonNull).map(PartyFigures::settings).findFirst()
            .orElse("");
    }

    /**
     * All rows, for charts.
     *
     * @return in the order in which they were measured.
     */
    List<Row> rows() {
        return rows;
    }

    List<Party> parties() {
        return parties;
    }

    /**
     * Prints the table, and what checks found.
     *
     * @param out where to.
     */
    public void printOn(final PrintWriter out) {
        out.print(table());
        if (rows.stream().anyMatch(CompareReport::wasBusy)) {
            out.println("The machine was busy: the threads did not have as many processors as there are.");
        }
        failures().forEach(out::println);
    }

    /**
     * The table in Markdown.
     *
     * @return lines.
     */
    public String toMarkdown() {
        return table().toMarkdown();
    }

    private static boolean wasBusy(final Row row) {
        final int processors = Runtime.getRuntime().availableProcessors();
        final double possible = Math.min(1, processors / (double) row.threads());
        return row.ours() != null && row.threads() <= processors && row.ours().cpuShare() < possible * BUSY_BELOW;
    }

    private List<String> failures() {
        final List<String> lines = new ArrayList<>();
        for (final Row row : rows) {
            row.figures().forEach((party, figures) -> {
                if (!figures.check()) {
                    lines.add("check failed: " + row.workload().id() + ", " + party.id() + ", threads: "
                        + row.threads() + ": " + figures.failedCheck());
                }
            });
        }
        return lines;
    }

    private TextTable table() {
        final List<String> heads = new ArrayList<>(List.of("workload", "threads"));
        parties.forEach(party -> heads.add(party.id()));
        heads.addAll(List.of("of best STM", "of best peer", "target", "aborts", "hand-off ns", "check"));
        final TextTable table = new TextTable(heads.toArray(String[]::new));
        for (final Row row : rows) {
            final List<String> cells = new ArrayList<>(List.of(row.workload().id(), Integer.toString(row.threads())));
            cells.addAll(rates(row, PartyFigures::rate));
            cells.addAll(List.of(ratio(row.ofBestStm()), ratio(row.ofBestPeer()), Target.judge(row),
                row.ours() == null ? NOTHING : Figures.percent(row.ours().abortRate()),
                Double.isNaN(row.handOffNs()) ? NOTHING : Figures.threeDigits(row.handOffNs()),
                row.figures().values().stream().allMatch(PartyFigures::check) ? "ok" : "FAILED"));
            table.row(cells.toArray(String[]::new));
            if (row.workload().hasWriterBeside() && row.threads() > 1) {
                table.row(writers(row));
            }
        }
        return table;
    }

    private String[] writers(final Row row) {
        final List<String> cells = new ArrayList<>(List.of("  writers", Integer.toString(row.threads() - 1)));
        cells.addAll(rates(row, PartyFigures::besideRate));
        cells.addAll(List.of(NOTHING, NOTHING, "", NOTHING, NOTHING, ""));
        return cells.toArray(String[]::new);
    }

    private List<String> rates(final Row row, final Function<PartyFigures, Double> rate) {
        return parties.stream().map(party -> {
            final PartyFigures figures = row.figures().get(party);
            return figures == null ? NOTHING : Figures.rate(rate.apply(figures));
        }).toList();
    }

    private static String ratio(final double ratio) {
        return Double.isNaN(ratio) ? NOTHING : Figures.threeDigits(ratio);
    }

    /**
     * All figures.
     *
     * @return a list of maps, as JSON has them.
     */
    public List<Map<String, Object>> toJson() {
        final List<Map<String, Object>> json = new ArrayList<>();
        for (final Row row : rows) {
            row.figures().forEach((party, figures) -> {
                final Map<String, Object> object = new LinkedHashMap<>();
                object.put("workload", row.workload().id());
                object.put("threads", row.threads());
                object.put("party", party.id());
                object.putAll(figures.toJson());
                if (party == Party.SEGSTM) {
                    object.put("ofBestStm", finite(row.ofBestStm()));
                    object.put("ofBestPeer", finite(row.ofBestPeer()));
                    object.put("target", Target.judge(row));
                }
                json.add(object);
            });
        }
        return json;
    }

    private static Object finite(final double number) {
        return Double.isNaN(number) ? null : number;
    }
}

package org.segstm.bench.report.show;

import org.segstm.bench.report.LoggedCollection;
import org.segstm.bench.report.Run;
import org.segstm.bench.report.Statistics;
import org.segstm.bench.report.ThreadTimes;
import org.segstm.bench.tool.TextTable;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;

/** What an event log says, for terminals. */
public final class TextReport {
    private static final int THREADS_IN_TABLE = 4;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);
    private static final double BYTES_IN_MIB = 1 << 20;
    private static final double PERCENT = 100;

    private final Run run;
    private final StringBuilder text = new StringBuilder();

    private TextReport(final Run run) {
        this.run = run;
    }

    /**
     * The report.
     *
     * @param name of the log.
     * @param run  that it tells of.
     * @param top  most conflicts to show.
     * @return lines of text.
     */
    public static String of(final String name, final Run run, final int top) {
        final TextReport report = new TextReport(run);
        report.summary(name);
        report.statistics();
        report.events();
        report.collections();
        report.line("");
        report.text.append(ConflictText.of(run, top));
        return report.text.toString();
    }

    private void line(final String line) {
        text.append(line).append(System.lineSeparator());
    }

    private void fact(final String name, final String value) {
        line(String.format(Locale.ROOT, "%-9s %s", name, value));
    }

    private void summary(final String name) {
        fact("log", name + String.format(Locale.ROOT, ", %.1f MiB, begun ", run.bytes() / BYTES_IN_MIB) + started(run)
            + (run.problems().isEmpty() ? "" : ", INCOMPLETE"));
        if (!run.heap().isEmpty()) {
            fact("heap", run.heap());
        }
        fact("elapsed", Texts.seconds(run.elapsedNanos()) + " s, " + Texts.plural(run.threads().size(), "thread"));
        fact("committed", Texts.plural(run.committed(), "transaction") + "; aborted: " + Texts.number(run.aborted())
            + " attempts, " + Texts.percent(run.aborted(), run.committed() + run.aborted()));
    }

    static String started(final Run run) {
        return TIME.format(Instant.ofEpochMilli(run.header().startMillis()).atZone(ZoneId.systemDefault()));
    }

    private void statistics() {
        final List<Statistics.Row> rows = Statistics.of(run);
        final int threads = run.threads().size();
        for (int first = 0; first < threads; first += THREADS_IN_TABLE) {
            final int end = Math.min(threads, first + THREADS_IN_TABLE);
            line("");
            text.append(table(rows, first, end, end == threads && threads > 1));
        }
    }

    private TextTable table(
        final List<Statistics.Row> rows, final int first, final int end, final boolean withTotal) {
        final List<ThreadTimes> threads = run.threads().subList(first, end);
        final TextTable table = new TextTable(cells("Where time went", threads.size(), withTotal,
            thread -> new String[] {threads.get(thread).name(), "seconds"}, "all threads", "seconds", "share"));
        final long all = run.threads().stream().mapToLong(ThreadTimes::sumNanos).sum();
        for (final Statistics.Row row : rows) {
            table.row(cells(row.title(), threads.size(), withTotal,
                thread -> new String[] {count(row.counts()[first + thread]),
                    Texts.seconds(row.nanos()[first + thread])},
                count(row.count()), Texts.seconds(row.allNanos()), Texts.percent(row.allNanos(), all)));
        }
        final double elapsed = run.elapsedNanos();
        final double allElapsed = elapsed * run.threads().size();
        table.row(cells("sum", threads.size(), withTotal,
            thread -> new String[] {"", Texts.seconds(threads.get(thread).sumNanos())}, "", Texts.seconds(all),
            Texts.percent(all, all)));
        table.row(cells("elapsed", threads.size(), withTotal,
            thread -> new String[] {"", Texts.seconds(elapsed)}, "", Texts.seconds(allElapsed), ""));
        table.row(cells("difference", threads.size(), withTotal,
            thread -> new String[] {"", difference(threads.get(thread).sumNanos(), elapsed)}, "",
            difference(all, allElapsed), ""));
        return table;
    }

    private static String difference(final double sum, final double elapsed) {
        return String.format(Locale.ROOT, "%.2f %%", PERCENT * Math.abs(sum - elapsed) / elapsed);
    }

    private static String count(final long count) {
        return count == 0 ? "" : Texts.number(count);
    }

    private static String[] cells(
        final String title, final int threads, final boolean withTotal, final IntFunction<String[]> ofThread,
        final String... total) {
        final List<String> cells = new ArrayList<>(List.of(title));
        for (int i = 0; i < threads; i++) {
            cells.addAll(List.of(ofThread.apply(i)));
        }
        if (withTotal) {
            cells.addAll(List.of(total));
        }
        return cells.toArray(new String[0]);
    }

    private void events() {
        final List<Statistics.Row> rows = Statistics.events(run);
        if (rows.isEmpty()) {
            return;
        }
        line("");
        final List<String> heads = new ArrayList<>(List.of("Events"));
        run.threads().forEach(thread -> heads.add(thread.name()));
        heads.add("all threads");
        final TextTable table = new TextTable(heads.toArray(new String[0]));
        for (final Statistics.Row row : rows) {
            table.row(cells(row.title(), row.counts().length, true,
                thread -> new String[] {count(row.counts()[thread])}, count(row.count())));
        }
        text.append(table);
    }

    private void collections() {
        final Map<String, List<LoggedCollection>> byKind = new LinkedHashMap<>();
        run.collections().forEach(c -> byKind.computeIfAbsent(
            c.kind().toLowerCase(Locale.ROOT) + ", " + c.cause(), k -> new ArrayList<>()).add(c));
        if (byKind.isEmpty()) {
            return;
        }
        line("");
        final TextTable table = new TextTable("Collections with all threads", "count", "seconds", "longest");
        byKind.forEach((kind, collections) -> table.row(kind, Texts.number(collections.size()),
            Texts.seconds(collections.stream().mapToLong(c -> c.end() - c.begin()).sum()),
            Texts.seconds(collections.stream().mapToLong(c -> c.end() - c.begin()).max().orElse(0))));
        text.append(table);
    }
}

package org.segstm.bench.report.show;

import org.segstm.bench.report.Conflict;
import org.segstm.bench.report.LoggedCollection;
import org.segstm.bench.report.Place;
import org.segstm.bench.report.Run;
import org.segstm.bench.report.Statistics;
import org.segstm.bench.report.ThreadTimes;
import org.segstm.bench.report.TimeGroup;
import org.segstm.bench.tool.Resources;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What an event log says, as a page that needs nothing but itself. */
public final class HtmlReport {
    private static final int SPARK_PARTS = 60;
    private static final int SPARK_HEIGHT = 26;
    private static final int SPARK_STEP = 3;
    private static final double NANOS_IN_SECOND = 1e9;
    private static final double PERCENT = 100;

    private final Run run;
    private final Html html = new Html();

    private HtmlReport(final Run run) {
        this.run = run;
    }

    /**
     * The page.
     *
     * @param name of the log.
     * @param run  that it tells of.
     * @param top  most conflicts to show.
     * @return text of an HTML file.
     */
    public static String of(final String name, final Run run, final int top) {
        final HtmlReport report = new HtmlReport(run);
        report.page(name, top);
        return report.html.toString();
    }

    private void page(final String name, final int top) {
        html.raw("<!DOCTYPE html>").raw("<html lang=\"en\">").raw("<head>").raw("<meta charset=\"utf-8\">")
            .raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
            .tag("<title>%s: where the time went</title>", name)
            .raw("<style>" + resource("page.css") + "</style>").raw("</head>").raw("<body>").raw("<main>");
        head(name);
        threads();
        timeline();
        conflicts(top);
        statistics();
        collections();
        html.raw("</main>").raw("<div id=\"tip\" hidden></div>")
            .raw("<script>" + resource("page.js") + "</script>").raw("</body>").raw("</html>");
    }

    private static String resource(final String file) {
        return Resources.text(HtmlReport.class, "part of the page", file, StandardCharsets.UTF_8);
    }

    private void head(final String name) {
        html.tag("<header><h1>%s</h1><p class=\"sub\">begun %s</p></header>", name, TextReport.started(run));
        if (!run.problems().isEmpty()) {
            html.raw("<div class=\"problem\"><b>The log is incomplete.</b> What could be read is shown.<ul>");
            run.problems().forEach(problem -> html.tag("<li>%s</li>", problem));
            html.raw("</ul></div>");
        }
        final double seconds = run.elapsedNanos() / NANOS_IN_SECOND;
        final long lost = run.threads().stream().mapToLong(thread -> thread.nanos(TimeGroup.ABORTED)).sum();
        final long all = run.threads().stream().mapToLong(ThreadTimes::sumNanos).sum();
        html.raw("<section class=\"tiles\">");
        tile("elapsed", String.format(Locale.ROOT, "%.2f s", seconds), Texts.plural(run.threads().size(), "thread"));
        tile("committed", Texts.number(run.committed()),
            String.format(Locale.ROOT, "%,.0f a second", run.committed() / seconds));
        tile("aborted", Texts.number(run.aborted()),
            Texts.percent(run.aborted(), run.committed() + run.aborted()) + " of all attempts");
        tile("run in vain", String.format(Locale.ROOT, "%.2f s", lost / NANOS_IN_SECOND),
            Texts.percent(lost, all) + " of all threads' time");
        tile("conflicts", Texts.number(run.conflicts().stream().mapToLong(Conflict::count).sum()),
            Texts.plural(run.conflicts().size(), "pair") + " of places");
        html.raw("</section>");
        if (!run.heap().isEmpty()) {
            html.tag("<p class=\"sub facts\">%s</p>", run.heap());
        }
    }

    private void tile(final String title, final String figure, final String note) {
        html.tag("<div class=\"tile\"><span>%s</span><b>%s</b><small>%s</small></div>", title, figure, note);
    }

    private void threads() {
        html.raw("<section><h2>Where each thread's time went</h2>").raw("<p class=\"legend\">");
        TimelineSvg.STACK.forEach(group -> html.tag("<span><i class=\"%s\"></i>%s</span>",
            TimelineSvg.cssClass(group), group.title()));
        html.raw("</p>").raw("<div class=\"bars\">");
        for (final ThreadTimes thread : run.threads()) {
            html.tag("<span class=\"name\">%s</span><div class=\"bar\">", thread.name());
            for (final TimeGroup group : TimelineSvg.STACK) {
                final double share = PERCENT * thread.nanos(group) / run.elapsedNanos();
                if (share > 0) {
                    html.tag("<i class=\"%s\" style=\"width:%.3f%%\" title=\"%s\"></i>", TimelineSvg.cssClass(group),
                        share, group.title() + ": " + Texts.seconds(thread.nanos(group)) + " s, "
                            + Texts.percent(share, PERCENT));
                }
            }
            html.tag("</div><span class=\"figure\">%s committed</span>", Texts.number(thread.committed()));
        }
        html.raw("</div>").raw("</section>");
    }

    private void timeline() {
        html.raw("<section><h2>Over time</h2>").raw("<div class=\"scroll\">");
        final TimelineSvg timeline = new TimelineSvg(run, html);
        timeline.draw();
        html.raw("</div>").raw("<script type=\"application/json\" id=\"data\">" + timeline.data() + "</script>")
            .raw("</section>");
    }

    private void conflicts(final int top) {
        final List<Conflict> conflicts = run.conflicts();
        html.raw("<section><h2>Conflicts that cost most</h2>");
        if (conflicts.isEmpty()) {
            html.tag("<p>%s</p></section>", ConflictText.noConflicts(run));
            return;
        }
        html.raw("<div class=\"scroll\"><table class=\"conflicts\"><thead><tr><th></th><th class=\"n\">lost</th>"
            + "<th class=\"n\">conflicts</th><th>object</th><th>written at, in the way of</th><th>over time</th></tr>"
            + "</thead><tbody>");
        final double most = Math.max(1, conflicts.get(0).lostNanos());
        for (int i = 0; i < Math.min(top, conflicts.size()); i++) {
            final Conflict conflict = conflicts.get(i);
            html.tag("<tr><td class=\"n\">%d</td><td class=\"n lost\"><b>%s s</b>"
                + "<i class=\"aborted\" style=\"width:%.1f%%\"></i></td>", i + 1, Texts.seconds(conflict.lostNanos()),
                PERCENT * conflict.lostNanos() / most);
            html.tag("<td class=\"n\">%s</td><td>%s</td><td class=\"places\">", Texts.number(conflict.count()),
                ConflictText.objects(conflict));
            place("written", conflict.written());
            place("in the way of", conflict.victim());
            html.raw("</td><td>");
            spark(conflict.lostOver(run.elapsedNanos(), SPARK_PARTS));
            html.raw("</td></tr>");
        }
        html.raw("</tbody></table></div>");
        if (conflicts.size() > top) {
            html.tag("<p class=\"sub\">and %s more pairs of places</p>", Texts.number(conflicts.size() - top));
        }
        html.raw("</section>");
    }

    private void place(final String role, final Place place) {
        html.tag("<div><span>%s</span><em>%s</em> <code>%s</code></div>", role, place.name(), place.source());
    }

    private void spark(final double... parts) {
        final double most = Math.max(1, Arrays.stream(parts).max().orElse(0));
        html.tag("<svg class=\"spark\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"time lost, over time\">",
            parts.length * SPARK_STEP, SPARK_HEIGHT);
        for (int i = 0; i < parts.length; i++) {
            if (parts[i] > 0) {
                final double height = Math.max(1, SPARK_HEIGHT * parts[i] / most);
                html.tag("<rect class=\"aborted\" x=\"%d\" y=\"%.1f\" width=\"%d\" height=\"%.1f\"/>", i * SPARK_STEP,
                    SPARK_HEIGHT - height, SPARK_STEP - 1, height);
            }
        }
        html.raw("</svg>");
    }

    private void statistics() {
        html.raw("<section><h2>Figures</h2>").raw("<div class=\"scroll\"><table><thead><tr><th></th>");
        run.threads().forEach(thread -> html.tag("<th class=\"n\" colspan=\"2\">%s</th>", thread.name()));
        html.raw("<th class=\"n\" colspan=\"2\">all threads</th></tr></thead><tbody>");
        for (final Statistics.Row row : Statistics.of(run)) {
            html.tag("<tr><td><i class=\"dot %s\"></i>%s</td>", TimelineSvg.cssClass(row.group()), row.title());
            for (int i = 0; i < row.counts().length; i++) {
                cells(row.counts()[i], row.nanos()[i]);
            }
            cells(row.count(), row.allNanos());
            html.raw("</tr>");
        }
        html.raw("<tr class=\"sum\"><td>sum</td>");
        run.threads().forEach(thread -> cells(0, thread.sumNanos()));
        cells(0, run.threads().stream().mapToLong(ThreadTimes::sumNanos).sum());
        html.raw("</tr>").raw("<tr class=\"sum\"><td>elapsed</td>");
        run.threads().forEach(thread -> cells(0, run.elapsedNanos()));
        cells(0, run.elapsedNanos() * run.threads().size());
        html.raw("</tr>");
        for (final Statistics.Row row : Statistics.events(run)) {
            html.tag("<tr><td>%s</td>", row.title());
            Arrays.stream(row.counts()).forEach(count -> countCells(count));
            countCells(row.count());
            html.raw("</tr>");
        }
        html.raw("</tbody></table></div></section>");
    }

    private void cells(final long count, final long nanos) {
        html.tag("<td class=\"n c\">%s</td><td class=\"n\">%s</td>", count == 0 ? "" : Texts.number(count),
            nanos == 0 ? "" : Texts.seconds(nanos) + " s");
    }

    private void countCells(final long count) {
        cells(count, 0);
    }

    private void collections() {
        final List<LoggedCollection> all = run.collections();
        if (all.isEmpty()) {
            return;
        }
        html.raw("<section><h2>Collections with all threads standing still</h2>").raw("<div class=\"scroll\"><table>"
            + "<thead><tr><th>kind</th><th class=\"n\">count</th><th class=\"n\">seconds</th>"
            + "<th class=\"n\">longest</th></tr></thead><tbody>");
        all.stream().map(LoggedCollection::kind).distinct().forEach(kind -> {
            final long[] lengths = all.stream().filter(collection -> collection.kind().equals(kind))
                .mapToLong(collection -> collection.end() - collection.begin()).toArray();
            html.tag("<tr><td>%s</td><td class=\"n\">%s</td><td class=\"n\">%s</td><td class=\"n\">%s</td></tr>",
                kind.toLowerCase(Locale.ROOT), Texts.number(lengths.length),
                Texts.seconds(Arrays.stream(lengths).sum()), Texts.seconds(Arrays.stream(lengths).max().orElse(0)));
        });
        html.raw("</tbody></table></div></section>");
    }
}

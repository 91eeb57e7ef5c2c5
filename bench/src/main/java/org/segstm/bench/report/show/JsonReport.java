package org.segstm.bench.report.show;

import org.segstm.bench.report.Conflict;
import org.segstm.bench.report.LoggedCollection;
import org.segstm.bench.report.Place;
import org.segstm.bench.report.Run;
import org.segstm.bench.report.Statistics;
import org.segstm.bench.report.ThreadTimes;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What an event log says, for programs. */
public final class JsonReport {
    private static final int PARTS = 60;

    private JsonReport() {
    }

    /**
     * The report. Times are in nanoseconds.
     *
     * @param run of a program.
     * @return maps and lists, as JSON has them.
     */
    public static Map<String, Object> of(final Run run) {
        final Map<String, Object> report = new LinkedHashMap<>();
        report.put("complete", run.problems().isEmpty());
        report.put("problems", run.problems());
        report.put("startMillis", run.header().startMillis());
        report.put("heap", run.heap());
        report.put("bytes", run.bytes());
        report.put("elapsed", run.elapsedNanos());
        report.put("committed", run.committed());
        report.put("aborted", run.aborted());
        report.put("threads", threads(run));
        report.put("conflicts", run.conflicts().stream().map(conflict -> conflict(run, conflict)).toList());
        report.put("collections", run.collections().stream().map(JsonReport::collection).toList());
        return report;
    }

    private static List<Map<String, Object>> threads(final Run run) {
        final List<Statistics.Row> rows = Statistics.of(run);
        final List<Statistics.Row> events = Statistics.events(run);
        final List<Map<String, Object>> threads = new ArrayList<>();
        for (int i = 0; i < run.threads().size(); i++) {
            final ThreadTimes thread = run.threads().get(i);
            final Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("name", thread.name());
            entry.put("committed", thread.committed());
            entry.put("aborted", thread.aborted());
            final Map<String, Object> times = new LinkedHashMap<>();
            for (final Statistics.Row row : rows) {
                final Map<String, Object> time = new LinkedHashMap<>();
                time.put("count", row.counts()[i]);
                time.put("nanos", row.nanos()[i]);
                times.put(row.title(), time);
            }
            entry.put("times", times);
            entry.put("sum", thread.sumNanos());
            entry.put("unknown", thread.unknownNanos());
            final Map<String, Object> counts = new LinkedHashMap<>();
            for (final Statistics.Row row : events) {
                counts.put(row.title(), row.counts()[i]);
            }
            entry.put("events", counts);
            threads.add(entry);
        }
        return threads;
    }

    private static Map<String, Object> conflict(final Run run, final Conflict conflict) {
        final Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("layout", conflict.layout());
        entry.put("objects", conflict.objects());
        entry.put("count", conflict.count());
        entry.put("lost", conflict.lostNanos());
        entry.put("written", place(conflict.written()));
        entry.put("victim", place(conflict.victim()));
        entry.put("writers", conflict.writers());
        entry.put("victims", conflict.victims());
        entry.put("lostOverTime",
            Arrays.stream(conflict.lostOver(run.elapsedNanos(), PARTS)).mapToObj(Math::round).toList());
        return entry;
    }

    private static Map<String, Object> place(final Place place) {
        final Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("place", place.isKnown() ? place.name() : null);
        entry.put("source", place.source());
        return entry;
    }

    private static Map<String, Object> collection(final LoggedCollection collection) {
        final Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("begin", collection.begin());
        entry.put("end", collection.end());
        entry.put("kind", collection.kind());
        entry.put("cause", collection.cause());
        return entry;
    }
}

package org.segstm.bench.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.ToLongFunction;

/** The table of where time went: a row for each thing to do, a column for each thread. */
public final class Statistics {
    private static final String RUN = "run";

    private final Run run;
    private final List<ThreadTimes> threads;
    private final List<Row> rows = new ArrayList<>();

    private Statistics(final Run run) {
        this.run = run;
        this.threads = run.threads();
    }

    /**
     * The rows that add up to the time of the log. Those that are zero for all threads are left out.
     *
     * @param run of a program.
     * @return the rows.
     */
    public static List<Row> of(final Run run) {
        final Statistics statistics = new Statistics(run);
        statistics.activities(TimeGroup.OUTSIDE);
        statistics.runs();
        statistics.activities(TimeGroup.WAIT);
        statistics.activities(TimeGroup.BOOKKEEPING);
        statistics.activities(TimeGroup.GC);
        statistics.activities(TimeGroup.PARKED);
        statistics.row("not there yet", TimeGroup.OUTSIDE, thread -> 0, ThreadTimes::attachedAt);
        return statistics.rows;
    }

    /**
     * Further events of the log.
     *
     * @param run of a program.
     * @return rows of counts.
     */
    public static List<Row> events(final Run run) {
        final Statistics statistics = new Statistics(run);
        final Set<String> names = new LinkedHashSet<>();
        statistics.threads.forEach(thread -> names.addAll(thread.others().keySet()));
        statistics.row("committed as inevitable", TimeGroup.COMMITTED, ThreadTimes::inevitable, thread -> 0);
        for (final String name : names) {
            statistics.row(name, TimeGroup.OUTSIDE, thread -> thread.others().getOrDefault(name, 0L),
                thread -> 0);
        }
        return statistics.rows;
    }

    private void runs() {
        row(TimeGroup.COMMITTED.title(), TimeGroup.COMMITTED, ThreadTimes::committed, ThreadTimes::committedNanos);
        for (int i = 0; i < run.header().causes().size(); i++) {
            final int cause = i;
            row("run, aborted: " + words(run.header().causes().get(i)), TimeGroup.ABORTED,
                thread -> thread.aborted(cause), thread -> thread.abortedNanos(cause));
        }
        final int running = run.header().activities().indexOf(RUN);
        if (running >= 0) {
            row("run, not ended", TimeGroup.COMMITTED, thread -> thread.nanos(running) == 0 ? 0 : 1,
                thread -> thread.nanos(running));
        }
    }

    private void activities(final TimeGroup group) {
        final List<String> titles = run.header().activities();
        for (int i = 0; i < titles.size(); i++) {
            final int index = i;
            if (TimeGroup.of(titles.get(i)) == group) {
                row(group == TimeGroup.BOOKKEEPING ? "bookkeeping: " + titles.get(i) : titles.get(i), group,
                    thread -> thread.count(index), thread -> thread.nanos(index));
            }
        }
    }

    private void row(
        final String title, final TimeGroup group, final ToLongFunction<ThreadTimes> counts,
        final ToLongFunction<ThreadTimes> nanos) {
        final Row row = new Row(title, group, threads.stream().mapToLong(counts).toArray(),
            threads.stream().mapToLong(nanos).toArray());
        if (row.count() != 0 || row.allNanos() != 0) {
            rows.add(row);
        }
    }

    /** A name of the log, as reports print it. */
    static String words(final String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /**
     * A row.
     *
     * @param title  what threads did.
     * @param group  it belongs to.
     * @param counts how often, by thread.
     * @param nanos  for how long, by thread.
     */
    public record Row(String title, TimeGroup group, long[] counts, long[] nanos) {
        /**
         * How often all threads did it.
         *
         * @return the sum.
         */
        public long count() {
            return Arrays.stream(counts).sum();
        }

        /**
         * For how long all threads did it.
         *
         * @return the sum in nanoseconds.
         */
        public long allNanos() {
            return Arrays.stream(nanos).sum();
        }
    }
}

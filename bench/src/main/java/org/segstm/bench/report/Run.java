package org.segstm.bench.report;

import org.segstm.bench.report.log.EventLogException;
import org.segstm.bench.report.log.EventLogParser;
import org.segstm.bench.report.log.EventSink;
import org.segstm.bench.report.log.LogHeader;
import org.segstm.bench.report.log.LoggedConflict;
import org.segstm.heap.event.EventFormat;
import org.segstm.heap.event.EventKind;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A run of a program, as its event log tells it. However long the log, what is kept of it is small. */
public final class Run {
    private static final int PIECE_BYTES = 1 << 16;
    private static final int MOST_PROBLEMS = 20;
    private static final int MOST_COLLECTIONS = 100_000;

    private final Map<Integer, ThreadTimes> threads = new TreeMap<>();
    private final Map<Integer, Map<Long, String>> names = new HashMap<>();
    private final Map<List<Object>, Conflict> conflicts = new LinkedHashMap<>();
    private final List<LoggedCollection> collections = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private final EventLogParser parser = new EventLogParser(new Builder());
    private LogHeader header;
    private int[] kinds;
    private String heap = "";
    private long bytes;
    private long last;
    private long end = -1;
    private int moreProblems;

    private Run() {
    }

    /**
     * Reads a file.
     *
     * @param file to read.
     * @return the run; what could not be read is in {@link #problems()}.
     * @throws EventLogException when it is no event log.
     * @throws IOException       when the file cannot be read.
     */
    public static Run read(final Path file) throws IOException {
        final Run run = new Run();
        try (InputStream in = Files.newInputStream(file)) {
            final byte[] piece = new byte[PIECE_BYTES];
            for (int count = in.read(piece); count > 0; count = in.read(piece)) {
                run.feed(piece, 0, count);
            }
        }
        return run.finish();
    }

    private void feed(final byte[] piece, final int start, final int count) {
        bytes += count;
        parser.feed(piece, start, count);
    }

    private Run finish() {
        parser.finish();
        final long elapsed = elapsedNanos();
        threads.values().forEach(thread -> thread.end(elapsed));
        return this;
    }

    /** Reads a log while it is written. */
    public static final class Live extends OutputStream {
        private final Run run = new Run();

        @Override
        public void write(final int one) {
            run.feed(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(final byte[] piece, final int start, final int count) {
            run.feed(piece, start, count);
        }

        /**
         * The run; to be asked once, when the log is closed.
         *
         * @return the run.
         */
        public Run finish() {
            return run.finish();
        }
    }

    /**
     * The log's header.
     *
     * @return the header.
     */
    public LogHeader header() {
        return header;
    }

    /**
     * Settings of the heap.
     *
     * @return as the heap prints them; empty when the log does not tell.
     */
    public String heap() {
        return heap;
    }

    /**
     * Length of the log.
     *
     * @return bytes.
     */
    public long bytes() {
        return bytes;
    }

    /**
     * How long the log goes on.
     *
     * @return nanoseconds until it was closed, or until its last event.
     */
    public long elapsedNanos() {
        return Math.max(1, end < 0 ? last : end);
    }

    /**
     * The threads, in the order in which they came.
     *
     * @return one for each mutator.
     */
    public List<ThreadTimes> threads() {
        return List.copyOf(threads.values());
    }

    /**
     * Conflicts that the log tells of.
     *
     * @return one for each pair of places, those first that cost most.
     */
    public List<Conflict> conflicts() {
        return conflicts.values().stream().sorted(Comparator.comparingLong(Conflict::lostNanos)
            .thenComparingLong(Conflict::count).reversed()).toList();
    }

    /**
     * Reshares and major collections.
     *
     * @return all of them, up to a hundred thousand.
     */
    public List<LoggedCollection> collections() {
        return collections;
    }

    /**
     * What could not be read.
     *
     * @return nothing for a complete log.
     */
    public List<String> problems() {
        if (moreProblems == 0) {
            return problems;
        }
        final List<String> all = new ArrayList<>(problems);
        all.add("and " + moreProblems + " more of that kind");
        return all;
    }

    /**
     * Transactions of all threads that committed.
     *
     * @return how many.
     */
    public long committed() {
        return threads.values().stream().mapToLong(ThreadTimes::committed).sum();
    }

    /**
     * Transactions of all threads that were rolled back.
     *
     * @return how many.
     */
    public long aborted() {
        return threads.values().stream().mapToLong(ThreadTimes::aborted).sum();
    }

    /** Takes what the parser finds. */
    private final class Builder implements EventSink {
        private static final int OTHER = -1;

        @Override
        public void header(final LogHeader found) {
            header = found;
            kinds = found.kinds().stream().mapToInt(kind -> kindOf(kind.name())).toArray();
        }

        private int kindOf(final String name) {
            for (final EventKind kind : EventKind.values()) {
                if (kind.name().equals(name)) {
                    return kind.ordinal();
                }
            }
            return OTHER;
        }

        private ThreadTimes thread(final int number) {
            return threads.computeIfAbsent(number, n -> newThread("thread " + n, 0));
        }

        private ThreadTimes newThread(final String name, final long time) {
            return new ThreadTimes(name, time, header.activities(), header.causes().size());
        }

        @Override
        public void mutator(final int number, final long time, final String name) {
            last = Math.max(last, time);
            if (threads.putIfAbsent(number, newThread(name, time)) != null) {
                problem("there are two threads of number " + number);
            }
        }

        @Override
        public void event(final int number, final long time, final int kind, final long argument) {
            last = Math.max(last, time);
            final ThreadTimes thread = thread(number);
            if (kinds[kind] == EventKind.ACTIVITY.ordinal() && isIndex(argument, header.activities())) {
                thread.switchTo((int) argument, time);
            } else if (kinds[kind] == EventKind.COMMITTED.ordinal()) {
                thread.committed(time, argument != 0);
            } else if (kinds[kind] == EventKind.ABORTED.ordinal() && isIndex(argument, header.causes())) {
                thread.aborted(time, (int) argument);
            } else {
                thread.other(describe(kind, argument));
            }
        }

        private String describe(final int kind, final long argument) {
            final String name = Statistics.words(header.kinds().get(kind).name());
            if (kinds[kind] == EventKind.DECISION.ordinal() && isIndex(argument, header.decisions())) {
                return "decision: " + Statistics.words(header.decisions().get((int) argument));
            }
            final String reason = nameOf(EventFormat.REASONS, argument);
            return kinds[kind] == EventKind.INEVITABLE.ordinal() && reason != null ? name + ": " + reason : name;
        }

        private static boolean isIndex(final long argument, final List<String> table) {
            return argument >= 0 && argument < table.size();
        }

        @Override
        public void gap(final int number, final long time) {
            last = Math.max(last, time);
            thread(number).loseTrack(time);
        }

        @Override
        public void name(final int table, final long id, final String text) {
            names.computeIfAbsent(table, t -> new HashMap<>()).put(id, text);
        }

        private String nameOf(final int table, final long id) {
            return names.getOrDefault(table, Map.of()).get(id);
        }

        @Override
        public void heap(final String settings) {
            heap = settings;
        }

        @Override
        public void conflict(final LoggedConflict conflict) {
            last = Math.max(last, conflict.time());
            final List<Object> key =
                List.of(conflict.layout(), conflict.writerLocation(), conflict.victimLocation());
            conflicts.computeIfAbsent(key, k -> newConflict(conflict)).add(conflict);
        }

        private Conflict newConflict(final LoggedConflict conflict) {
            final String layout = nameOf(EventFormat.LAYOUTS, conflict.layout());
            return new Conflict(layout == null ? "object" : layout,
                Place.of(nameOf(EventFormat.LOCATIONS, conflict.writerLocation())),
                Place.of(nameOf(EventFormat.LOCATIONS, conflict.victimLocation())));
        }

        @Override
        public void collection(final long begin, final long finish, final String kind, final String cause) {
            last = Math.max(last, finish);
            if (collections.size() < MOST_COLLECTIONS) {
                collections.add(new LoggedCollection(begin, finish, kind, cause));
            }
        }

        @Override
        public void end(final long time) {
            end = time;
        }

        @Override
        public void problem(final String text) {
            if (problems.size() < MOST_PROBLEMS) {
                problems.add(text);
            } else {
                moreProblems++;
            }
        }
    }
}

package org.segstm.bench.report.show;

import org.segstm.bench.report.Conflict;
import org.segstm.bench.report.Place;
import org.segstm.bench.report.Run;
import org.segstm.bench.report.ThreadTimes;

import java.util.List;

/** The conflicts that cost most, as text. */
public final class ConflictText {
    private static final int PARTS = 60;

    private ConflictText() {
    }

    /**
     * The conflicts of a run.
     *
     * @param run of a program.
     * @param top most of them.
     * @return lines of text.
     */
    public static String of(final Run run, final int top) {
        final List<Conflict> conflicts = run.conflicts();
        final StringBuilder text = new StringBuilder();
        if (conflicts.isEmpty()) {
            line(text, noConflicts(run));
            return text.toString();
        }
        line(text, "Top conflicts: " + Texts.plural(conflicts.stream().mapToLong(Conflict::count).sum(), "conflict")
            + " lost " + Texts.seconds(conflicts.stream().mapToLong(Conflict::lostNanos).sum()) + " s; "
            + Texts.seconds(run.threads().stream().mapToLong(ThreadTimes::committedNanos).sum())
            + " s were run by transactions that committed");
        int rank = 0;
        for (final Conflict conflict : conflicts.subList(0, Math.min(top, conflicts.size()))) {
            rank++;
            line(text, "");
            append(text, run, rank, conflict);
        }
        if (conflicts.size() > top) {
            line(text, "");
            final List<Conflict> rest = conflicts.subList(top, conflicts.size());
            line(text, "and " + Texts.plural(rest.size(), "more pair") + " of places: lost "
                + Texts.seconds(rest.stream().mapToLong(Conflict::lostNanos).sum()) + " s in "
                + Texts.plural(rest.stream().mapToLong(Conflict::count).sum(), "conflict"));
        }
        return text.toString();
    }

    static String noConflicts(final Run run) {
        return run.aborted() == 0 ? "No conflicts: no transaction was rolled back."
            : "No conflicts are recorded; " + Texts.plural(run.aborted(), "attempt") + " were rolled back. Who was in"
                + " whose way is recorded when asked for (duhton --conflicts, HeapReports.conflicts).";
    }

    private static void append(final StringBuilder text, final Run run, final int rank, final Conflict conflict) {
        final int width = Math.max(conflict.written().name().length(), conflict.victim().name().length());
        line(text, rank + ". lost " + Texts.seconds(conflict.lostNanos()) + " s in "
            + Texts.plural(conflict.count(), "conflict") + ": " + objects(conflict));
        line(text, "   written at     " + place(conflict.written(), width));
        line(text, "   in the way of  " + place(conflict.victim(), width));
        line(text, "   over time      |" + Texts.timeLine(conflict.lostOver(run.elapsedNanos(), PARTS)) + "| "
            + Texts.seconds(run.elapsedNanos()) + " s");
    }

    static String objects(final Conflict conflict) {
        return conflict.layout() + (conflict.objects() == 1 ? " " + conflict.lastObject() + ", always the same one"
            : ", " + Texts.number(conflict.objects()) + " different ones");
    }

    private static String place(final Place place, final int width) {
        return place.source().isEmpty() ? place.name()
            : place.name() + " ".repeat(width - place.name().length()) + "  " + place.source();
    }

    private static void line(final StringBuilder text, final String line) {
        text.append(line).append(System.lineSeparator());
    }
}

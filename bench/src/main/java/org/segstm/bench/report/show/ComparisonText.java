package org.segstm.bench.report.show;

import org.segstm.bench.report.Conflict;
import org.segstm.bench.report.Place;
import org.segstm.bench.report.Run;

import java.util.List;
import java.util.Locale;

/** What a change of a program has brought: two runs, and what has become of the conflicts of the first one. */
public final class ComparisonText {
    private final StringBuilder text = new StringBuilder();

    private ComparisonText() {
    }

    /**
     * Compares.
     *
     * @param beforeName of the earlier log.
     * @param before     the earlier run.
     * @param after      the later run.
     * @param top        most conflicts of the earlier run to show.
     * @return lines of text.
     */
    public static String of(final String beforeName, final Run before, final Run after, final int top) {
        final ComparisonText comparison = new ComparisonText();
        comparison.summary(beforeName, before, after);
        final List<Conflict> conflicts = before.conflicts();
        for (int i = 0; i < Math.min(top, conflicts.size()); i++) {
            comparison.conflict(i + 1, conflicts.get(i), after.conflicts());
        }
        return comparison.text.toString();
    }

    private void line(final String format, final Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append(System.lineSeparator());
    }

    private void summary(final String beforeName, final Run before, final Run after) {
        final double ratio = (double) before.elapsedNanos() / after.elapsedNanos();
        line("Compared with %s", beforeName);
        line("elapsed    %s s, was %s s: %s", Texts.seconds(after.elapsedNanos()),
            Texts.seconds(before.elapsedNanos()), speed(ratio));
        line("committed  %s, was %s", Texts.number(after.committed()), Texts.number(before.committed()));
        line("aborted    %s, was %s", Texts.number(after.aborted()), Texts.number(before.aborted()));
    }

    private static String speed(final double ratio) {
        return String.format(Locale.ROOT, ratio >= 1 ? "%.2f times as fast" : "%.2f times as slow",
            ratio >= 1 ? ratio : 1 / ratio);
    }

    private void conflict(final int rank, final Conflict old, final List<Conflict> now) {
        final Conflict same = now.stream().filter(conflict -> isSame(old, conflict)).findFirst().orElse(null);
        final String lost = same == null ? "gone" : "lost " + Texts.seconds(same.lostNanos()) + " s in "
            + Texts.plural(same.count(), "conflict");
        line("conflict %d %s; was %s s in %s: %s, %s in the way of %s  %s", rank, lost,
            Texts.seconds(old.lostNanos()), Texts.plural(old.count(), "conflict"), old.layout(), old.written().name(),
            old.victim().name(), old.victim().source());
    }

    private static String words(final Place place) {
        return place.source().isEmpty() ? place.name() : place.source();
    }

    /** Lines move when a program is changed, so the source counts, where it is known. */
    private static boolean isSame(final Conflict one, final Conflict other) {
        return one.layout().equals(other.layout()) && words(one.written()).equals(words(other.written()))
            && words(one.victim()).equals(words(other.victim()));
    }
}

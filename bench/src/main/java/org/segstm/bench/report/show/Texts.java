package org.segstm.bench.report.show;

import java.util.Arrays;
import java.util.Locale;

/** Numbers and time lines as text. */
final class Texts {
    /** From nothing to much, in characters that every terminal has. */
    private static final String LEVELS = " .:-=+*#%@";
    private static final double NANOS_IN_SECOND = 1e9;
    private static final double PERCENT = 100;

    private Texts() {
    }

    static String seconds(final double nanos) {
        return String.format(Locale.ROOT, "%.3f", nanos / NANOS_IN_SECOND);
    }

    static String number(final long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    static String percent(final double part, final double whole) {
        return String.format(Locale.ROOT, "%.1f %%", whole == 0 ? 0 : PERCENT * part / whole);
    }

    static String plural(final long number, final String one) {
        return number(number) + " " + one + (number == 1 ? "" : "s");
    }

    /** A character for each part, by its share of the largest one; whatever is more than nothing shows. */
    static String timeLine(final double... parts) {
        final double most = Arrays.stream(parts).max().orElse(0);
        final StringBuilder line = new StringBuilder();
        for (final double part : parts) {
            final int level = part <= 0 ? 0 : Math.max(1, (int) Math.round(part / most * (LEVELS.length() - 1)));
            line.append(LEVELS.charAt(level));
        }
        return line.toString();
    }
}

package org.segstm.bench.tool;

import java.util.Arrays;
import java.util.Locale;

/** Medians, and figures printed the way tables of measurements have them. */
public final class Figures {
    private static final double KILO = 1e3;
    private static final double MEGA = 1e6;
    private static final double PERCENT = 100;

    private Figures() {
    }

    /**
     * Median.
     *
     * @param values at least one; not changed.
     * @return the middle value, or the mean of the two in the middle.
     */
    public static double median(final double... values) {
        final double[] sorted = values.clone();
        Arrays.sort(sorted);
        final int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /**
     * A rate with a unit prefix and three digits or more.
     *
     * @param perSecond rate.
     * @return like {@code 22.4 M}, {@code 701 M}, {@code 89.0 k}.
     */
    public static String rate(final double perSecond) {
        if (perSecond >= MEGA) {
            return threeDigits(perSecond / MEGA) + " M";
        }
        return perSecond >= KILO ? threeDigits(perSecond / KILO) + " k" : threeDigits(perSecond);
    }

    /**
     * A share.
     *
     * @param share from 0 to 1.
     * @return like {@code 1.25 %}.
     */
    public static String percent(final double share) {
        return String.format(Locale.ROOT, "%.2f %%", share * PERCENT);
    }

    /**
     * A number with three digits, or as many as its integer part has.
     *
     * @param number not negative.
     * @return like {@code 1.23}, {@code 12.3}, {@code 1234}.
     */
    public static String threeDigits(final double number) {
        return String.format(Locale.ROOT, number < 10 ? "%.2f" : number < 100 ? "%.1f" : "%.0f", number);
    }
}

package org.segstm.heap.util;

import java.util.Locale;

/** Parses and prints sizes with units, as in {@code 64m}. */
public final class Units {
    private static final String SUFFIXES = "kmgt";
    private static final int LOG_STEP = 10;

    private Units() {
    }

    /**
     * Parses a size: digits and an optional {@code k}, {@code m}, {@code g} or {@code t} (powers of 1024).
     *
     * @param name of the setting, for the error.
     * @param text such as {@code 64m}.
     * @return bytes.
     * @throws IllegalArgumentException when it is not a size.
     */
    public static long parseBytes(final String name, final String text) {
        final String trimmed = text.trim().toLowerCase(Locale.ROOT);
        final int last = trimmed.length() - 1;
        final int suffix = last > 0 ? SUFFIXES.indexOf(trimmed.charAt(last)) : -1;
        final int shift = suffix < 0 ? 0 : (suffix + 1) * LOG_STEP;
        try {
            final long number = Long.parseLong(suffix < 0 ? trimmed : trimmed.substring(0, last));
            if (number < 0 || number > Long.MAX_VALUE >>> shift) {
                throw new IllegalArgumentException("size out of range: " + name + "=" + text);
            }
            return number << shift;
        } catch (final NumberFormatException e) {
            throw new IllegalArgumentException(
                "not a size (digits and an optional k, m, g or t): " + name + "=" + text, e);
        }
    }

    /**
     * Prints a size with the largest unit that divides it.
     *
     * @param bytes size.
     * @return text that {@link #parseBytes} reads.
     */
    public static String printBytes(final long bytes) {
        long number = bytes;
        int unit = -1;
        while (number != 0 && number % (1 << LOG_STEP) == 0 && unit < SUFFIXES.length() - 1) {
            number >>>= LOG_STEP;
            unit++;
        }
        return unit < 0 ? Long.toString(number) : number + "" + SUFFIXES.charAt(unit);
    }
}

package org.segstm.heap;

import org.segstm.heap.util.Units;

import java.util.Arrays;
import java.util.Locale;

/** Reads settings from system properties. What cannot be read is an error that names the property. */
final class ContextProperties {
    private ContextProperties() {
    }

    static long bytesProperty(final String property, final long otherwise) {
        final String text = System.getProperty(property);
        return text == null ? otherwise : Units.parseBytes(property, text);
    }

    static int numberProperty(final String property, final int otherwise) {
        return (int) Math.min(Integer.MAX_VALUE, bytesProperty(property, otherwise));
    }

    static boolean booleanProperty(final String property) {
        final String text = System.getProperty(property, "false").trim();
        if (!"true".equalsIgnoreCase(text) && !"false".equalsIgnoreCase(text)) {
            throw new IllegalArgumentException("neither true nor false: " + property + "=" + text);
        }
        return Boolean.parseBoolean(text);
    }

    static double doubleProperty(final String property, final double otherwise) {
        final String text = System.getProperty(property);
        try {
            return text == null ? otherwise : Double.parseDouble(text.trim());
        } catch (final NumberFormatException e) {
            throw new IllegalArgumentException("not a number: " + property + "=" + text, e);
        }
    }

    static <E extends Enum<E>> E enumProperty(final Class<E> type, final String property, final E otherwise) {
        final String text = System.getProperty(property);
        if (text == null) {
            return otherwise;
        }
        for (final E value : type.getEnumConstants()) {
            if (value.name().equals(text.trim().toUpperCase(Locale.ROOT).replace('-', '_'))) {
                return value;
            }
        }
        throw new IllegalArgumentException("unknown " + type.getSimpleName() + " (one of "
            + Arrays.toString(type.getEnumConstants()) + "): " + property + "=" + text);
    }
}

package org.segstm.bench.tool;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;

/** Named values that a {@link ChildJvm} prints and its parent reads: a line each. */
public final class ChildResult {
    private static final String WRONG_SETTING = "wrongSetting";
    private final Map<String, String> values = new LinkedHashMap<>();

    /**
     * Reads what a child printed.
     *
     * @param text its output.
     * @return the values.
     * @throws IllegalArgumentException when the heap refused a setting; with its message.
     */
    public static ChildResult parse(final String text) {
        final Properties lines = new Properties();
        try {
            lines.load(new StringReader(text));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        if (lines.containsKey(WRONG_SETTING)) {
            throw new IllegalArgumentException(lines.getProperty(WRONG_SETTING));
        }
        final ChildResult result = new ChildResult();
        lines.stringPropertyNames().forEach(name -> result.put(name, lines.getProperty(name)));
        return result;
    }

    /**
     * What a child prints whose heap refused a setting.
     *
     * @param message of the refusal.
     * @return text for {@link #parse}.
     */
    public static String printWrongSetting(final String message) {
        return new ChildResult().put(WRONG_SETTING, message).print();
    }

    /**
     * Adds a value.
     *
     * @param name  of letters, digits and dots.
     * @param value any.
     * @return this.
     */
    public ChildResult put(final String name, final Object value) {
        values.put(name, value.toString());
        return this;
    }

    /**
     * A value.
     *
     * @param name of a value that is there.
     * @return the value.
     */
    public String text(final String name) {
        final String value = values.get(name);
        if (value == null) {
            throw new BenchException("the measuring JVM did not print its " + name);
        }
        return value;
    }

    /**
     * A value as a number.
     *
     * @param name of a value that is there.
     * @return the number.
     */
    public double number(final String name) {
        return Double.parseDouble(text(name));
    }

    /**
     * All values as a child prints them.
     *
     * @return lines.
     */
    public String print() {
        final StringBuilder text = new StringBuilder();
        values.forEach((name, value) ->
            text.append(name).append('=').append(value.replace("\\", "\\\\").replace("\n", "\\n")).append('\n'));
        return text.toString();
    }
}

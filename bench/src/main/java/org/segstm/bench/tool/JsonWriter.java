package org.segstm.bench.tool;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes maps, lists, strings, numbers, booleans and null as JSON (RFC 8259), indented. */
public final class JsonWriter {
    private static final String INDENT = "  ";
    private static final char FIRST_PRINTABLE = ' ';
    private final StringBuilder text = new StringBuilder();

    private JsonWriter() {
    }

    /**
     * JSON text of a value.
     *
     * @param value map with string keys, list, string, number, boolean or null; numbers must be finite.
     * @return text that ends with a line feed.
     * @throws IllegalArgumentException when a value is of another kind.
     */
    public static String write(final Object value) {
        final JsonWriter writer = new JsonWriter();
        writer.value(value, "\n");
        return writer.text.append('\n').toString();
    }

    private void value(final Object value, final String lineStart) {
        if (value instanceof Map<?, ?> map) {
            object(map, lineStart);
        } else if (value instanceof List<?> list) {
            array(list, lineStart);
        } else if (value instanceof String string) {
            string(string);
        } else if (value instanceof Double || value instanceof Float) {
            number(((Number) value).doubleValue());
        } else if (value == null || value instanceof Number || value instanceof Boolean) {
            text.append(value);
        } else {
            throw new IllegalArgumentException("not a JSON value: class=" + value.getClass().getName());
        }
    }

    private void object(final Map<?, ?> map, final String lineStart) {
        String separator = "{";
        for (final Map.Entry<?, ?> entry : map.entrySet()) {
            text.append(separator).append(lineStart).append(INDENT);
            string((String) entry.getKey());
            text.append(": ");
            value(entry.getValue(), lineStart + INDENT);
            separator = ",";
        }
        text.append(map.isEmpty() ? "{}" : lineStart + "}");
    }

    private void array(final List<?> list, final String lineStart) {
        String separator = "[";
        for (final Object element : list) {
            text.append(separator).append(lineStart).append(INDENT);
            value(element, lineStart + INDENT);
            separator = ",";
        }
        text.append(list.isEmpty() ? "[]" : lineStart + "]");
    }

    private void number(final double number) {
        if (!Double.isFinite(number)) {
            throw new IllegalArgumentException("JSON has no number for it: value=" + number);
        }
        text.append(number);
    }

    private void string(final String string) {
        text.append('"');
        for (int i = 0; i < string.length(); i++) {
            final char c = string.charAt(i);
            if (c == '"' || c == '\\') {
                text.append('\\').append(c);
            } else if (c < FIRST_PRINTABLE || Character.isSurrogate(c)) {
                text.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                text.append(c);
            }
        }
        text.append('"');
    }
}

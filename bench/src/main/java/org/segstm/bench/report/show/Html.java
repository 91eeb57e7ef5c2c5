package org.segstm.bench.report.show;

import java.util.Locale;

/** Text that becomes HTML: everything is escaped that is not a tag of ours. */
final class Html {
    private final StringBuilder text = new StringBuilder();

    /** Adds markup as it is. */
    Html raw(final String markup) {
        text.append(markup).append('\n');
        return this;
    }

    /** Adds markup in which each {@code %s} is a value to be escaped, and other formats are numbers. */
    Html tag(final String format, final Object... values) {
        final Object[] escaped = new Object[values.length];
        for (int i = 0; i < values.length; i++) {
            escaped[i] = values[i] instanceof String ? escape((String) values[i]) : values[i];
        }
        return raw(String.format(Locale.ROOT, format, escaped));
    }

    static String escape(final String plain) {
        final StringBuilder escaped = new StringBuilder(plain.length());
        for (int i = 0; i < plain.length(); i++) {
            final char c = plain.charAt(i);
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                default -> escaped.append(c < ' ' && c != '\n' && c != '\t' ? '?' : c);
            }
        }
        return escaped.toString();
    }

    @Override
    public String toString() {
        return text.toString();
    }
}

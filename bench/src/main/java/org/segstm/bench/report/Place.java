package org.segstm.bench.report;

/**
 * A place in a program.
 *
 * @param name   such as {@code file:line:column}.
 * @param source what stands there, empty when that is not known.
 */
public record Place(String name, String source) {
    private static final Place UNKNOWN = new Place("unknown place", "");

    /**
     * The place that a location's text tells: a name, and the source on a line of its own.
     *
     * @param text of the location, null when there is none.
     * @return the place.
     */
    static Place of(final String text) {
        if (text == null) {
            return UNKNOWN;
        }
        final int end = text.indexOf('\n');
        return end < 0 ? new Place(text, "") : new Place(text.substring(0, end), text.substring(end + 1).strip());
    }

    /**
     * Is it known?
     *
     * @return false when the program did not tell its place.
     */
    public boolean isKnown() {
        return this != UNKNOWN;
    }
}

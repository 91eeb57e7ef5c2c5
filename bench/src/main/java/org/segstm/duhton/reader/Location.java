package org.segstm.duhton.reader;

/**
 * A place in the source as a number, never 0. A column too large is told as the last one that there is room for.
 *
 * <pre>
 *   63                            20 19                             0
 *  +--------------------------------+--------------------------------+
 *  |  line, from 1                  |  column in bytes, from 1       |
 *  +--------------------------------+--------------------------------+
 * </pre>
 */
public final class Location {
    /** No place in the source: the order in which outputs appear, for which transactions that print compete. */
    public static final long OUTPUT = 1;
    private static final int LINE_SHIFT = 20;
    private static final int LAST_COLUMN = (1 << LINE_SHIFT) - 1;

    private Location() {
    }

    /**
     * Makes a location.
     *
     * @param line   from 1.
     * @param column from 1.
     * @return the number.
     */
    public static long of(final int line, final int column) {
        return (long) line << LINE_SHIFT | Math.min(column, LAST_COLUMN);
    }

    /**
     * The line.
     *
     * @param location a number of this kind.
     * @return from 1.
     */
    public static int line(final long location) {
        return (int) (location >>> LINE_SHIFT);
    }

    /**
     * The column.
     *
     * @param location a number of this kind.
     * @return from 1.
     */
    public static int column(final long location) {
        return (int) location & LAST_COLUMN;
    }
}

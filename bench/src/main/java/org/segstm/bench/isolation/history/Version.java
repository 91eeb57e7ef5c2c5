package org.segstm.bench.isolation.history;

/**
 * Names of versions: every write stores a value that no other write ever stores, and that tells where it was recorded.
 *
 * <pre>
 *  bits 32..60  round, from 1; 0 for initial versions
 *  bits 26..31  author: number of the history, {@link #FOUNDER} for initial versions
 *  bits  0..25  place of the write in the history; of an initial version, the variable
 * </pre>
 *
 * <p>The highest three bits are 0, so that a version fits in an immediate.
 */
public final class Version {
    /** Author of the initial versions. */
    public static final int FOUNDER = 63;
    private static final int AUTHOR_SHIFT = 26;
    private static final int ROUND_SHIFT = 32;
    private static final long PLACE_MASK = (1L << AUTHOR_SHIFT) - 1;
    private static final int AUTHOR_MASK = 63;
    private static final long CHECK_FACTOR = 0x9E37_79B9_7F4A_7C15L;

    private Version() {
    }

    /**
     * Version that a write stores.
     *
     * @param round  from 1.
     * @param author number of the history.
     * @param place  of the write in the history.
     * @return the version, never 0.
     */
    public static long of(final int round, final int author, final int place) {
        return (long) round << ROUND_SHIFT | (long) author << AUTHOR_SHIFT | place;
    }

    /**
     * Version that a variable has before anybody writes it.
     *
     * @param variable number of it.
     * @return the version.
     */
    public static long initial(final int variable) {
        return of(0, FOUNDER, variable);
    }

    /**
     * Round of a version.
     *
     * @param version any value.
     * @return the round; of a value that is no version, some number.
     */
    public static int roundOf(final long version) {
        return (int) (version >>> ROUND_SHIFT);
    }

    /**
     * Author of a version.
     *
     * @param version any value.
     * @return number of the history.
     */
    public static int authorOf(final long version) {
        return (int) (version >>> AUTHOR_SHIFT) & AUTHOR_MASK;
    }

    /**
     * Place of a version.
     *
     * @param version any value.
     * @return place of the write in the history.
     */
    public static int placeOf(final long version) {
        return (int) (version & PLACE_MASK);
    }

    /**
     * A second value that belongs to a version: found together they show that an object is complete.
     *
     * @param version any value.
     * @param index   which one.
     * @return the value.
     */
    public static long checkWord(final long version, final long index) {
        return (version + index) * CHECK_FACTOR;
    }

    /**
     * A version for people.
     *
     * @param version any value.
     * @return text.
     */
    public static String toString(final long version) {
        return authorOf(version) == FOUNDER && roundOf(version) == 0 ? "initial"
            : "v" + roundOf(version) + "." + authorOf(version) + "." + placeOf(version);
    }
}

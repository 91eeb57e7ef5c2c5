package org.segstm.heap;

import org.segstm.heap.util.Units;

/**
 * How long length control lets transactions be: in polls, that is calls of {@link Mutator#shouldBreak()} or steps, and
 * in bytes allocated; whatever is used up first ends a transaction. Immutable.
 */
public final class LengthBounds {
    /** Property: polls, as in {@code 16..4k}. */
    public static final String POLLS_PROPERTY = "segstm.length.polls";
    /** Property: bytes allocated, as in {@code 64k..1m}. */
    public static final String BYTES_PROPERTY = "segstm.length.bytes";
    private static final long LEAST_POLLS = 8;
    private static final long MOST_POLLS = 8 << 10;
    private static final long LEAST_BYTES = 16 << 10;
    private static final long MOST_BYTES = 256 << 10;
    private static final String DOTS = "..";

    private final long leastPolls;
    private final long mostPolls;
    private final long leastBytes;
    private final long mostBytes;

    /**
     * Sets all bounds.
     *
     * @param leastPolls at least 1.
     * @param mostPolls  not below the least, at most 2<sup>30</sup>.
     * @param leastBytes at least 1.
     * @param mostBytes  not below the least.
     * @throws IllegalArgumentException when they are not like that.
     */
    public LengthBounds(final long leastPolls, final long mostPolls, final long leastBytes, final long mostBytes) {
        this.leastPolls = leastPolls;
        this.mostPolls = mostPolls;
        this.leastBytes = leastBytes;
        this.mostBytes = mostBytes;
        if (leastPolls < 1 || mostPolls < leastPolls || mostPolls > 1 << 30 || leastBytes < 1
            || mostBytes < leastBytes) {
            throw new IllegalArgumentException("lengths must be from 1 on, the least not above the most: " + this);
        }
    }

    /**
     * The bounds that system properties give, or else the default.
     *
     * @return bounds.
     * @throws IllegalArgumentException when a property is no range.
     */
    public static LengthBounds fromProperties() {
        final long[] polls = range(POLLS_PROPERTY, LEAST_POLLS, MOST_POLLS);
        final long[] bytes = range(BYTES_PROPERTY, LEAST_BYTES, MOST_BYTES);
        return new LengthBounds(polls[0], polls[1], bytes[0], bytes[1]);
    }

    private static long[] range(final String property, final long least, final long most) {
        final String text = System.getProperty(property);
        if (text == null) {
            return new long[] {least, most};
        }
        final int dots = text.indexOf(DOTS);
        if (dots < 0) {
            throw new IllegalArgumentException("not a range (as in 16..4k): " + property + "=" + text);
        }
        return new long[] {Units.parseBytes(property, text.substring(0, dots)),
            Units.parseBytes(property, text.substring(dots + DOTS.length()))};
    }

    /**
     * Polls that a transaction has at the start, and after many aborts.
     *
     * @return the number.
     */
    public long leastPolls() {
        return leastPolls;
    }

    /**
     * Polls that a transaction has at most.
     *
     * @return the number.
     */
    public long mostPolls() {
        return mostPolls;
    }

    /**
     * Bytes that a transaction may allocate at the start, and after many aborts.
     *
     * @return bytes.
     */
    public long leastBytes() {
        return leastBytes;
    }

    /**
     * Bytes that a transaction may allocate at most.
     *
     * @return bytes.
     */
    public long mostBytes() {
        return mostBytes;
    }

    @Override
    public String toString() {
        return Units.printBytes(leastPolls) + DOTS + Units.printBytes(mostPolls) + " polls, "
            + Units.printBytes(leastBytes) + DOTS + Units.printBytes(mostBytes) + " bytes";
    }
}

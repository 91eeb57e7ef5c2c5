package org.segstm.duhton.value;

/**
 * The word that stands for a value, and what fits into it without an object.
 *
 * <pre>
 *   63                            32 31                             0
 *  +--------------------------------+--------------------------------+
 *  |  the int                       |                              1 |  int
 *  +--------------------------------+--------------------------------+
 *  |                               0                                 |  None
 *  +-----------------------------------------------------------------+
 *  |                               3                                 |  no value (a variable that is not bound)
 *  +-----------------------------------------------------------------+
 *  |  ref of an object, a multiple of 16                             |  everything else
 *  +-----------------------------------------------------------------+
 * </pre>
 *
 * <p>Ints and the unbound marker have the lowest bit set, so that the collector leaves them alone; None is the null
 * ref, so that fresh objects are full of it.
 */
public final class Values {
    /** None. */
    public static final long NONE = 0;
    /** Marks a variable without a value, and a symbol without a function; never the value of an expression. */
    public static final long UNBOUND = 3;
    private static final int INT_TAG = 1;
    /** Where the number of an int begins in its word. */
    public static final int INT_SHIFT = 32;
    private static final long FALSE = ofInt(0);
    private static final long TRUE = ofInt(1);

    private Values() {
    }

    /**
     * An int as a value.
     *
     * @param number of it.
     * @return the value.
     */
    public static long ofInt(final int number) {
        return (long) number << INT_SHIFT | INT_TAG;
    }

    /**
     * The outcome of a test as a value.
     *
     * @param condition that was tested.
     * @return int 1 or 0.
     */
    public static long ofBoolean(final boolean condition) {
        return condition ? TRUE : FALSE;
    }

    /**
     * Is it an int?
     *
     * @param value any value.
     * @return true for an int.
     */
    public static boolean isInt(final long value) {
        return (int) value == INT_TAG;
    }

    /**
     * The number in a value that is an int.
     *
     * @param value for which {@link #isInt} is true.
     * @return its number.
     */
    public static int intOf(final long value) {
        return (int) (value >> INT_SHIFT);
    }

    /**
     * Is it an object in the heap?
     *
     * @param value any value.
     * @return false for an int, None and the unbound marker.
     */
    public static boolean isObject(final long value) {
        return value != NONE && (value & 1) == 0;
    }
}

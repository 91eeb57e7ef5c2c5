package org.segstm.bench.compare.peer;

/**
 * What a store begins with.
 *
 * @param cells        number of cells.
 * @param initialValue of each cell.
 * @param keys         of the map: a power of two, or 0 for no map. Every second one is there in the beginning.
 */
public record StoreShape(int cells, CellValue initialValue, int keys) {
    private static final int FIBONACCI = 0x9E3779B9;

    /**
     * Buckets of a hash map for these keys, where a party has no map of its own.
     *
     * @return as many as keys.
     */
    public int buckets() {
        return keys;
    }

    /**
     * Spreads keys over buckets (Knuth, The Art of Computer Programming, 6.4: Fibonacci hashing).
     *
     * @param key     to look up.
     * @param buckets a power of two.
     * @return the key's bucket.
     */
    public static int bucketOf(final int key, final int buckets) {
        return key * FIBONACCI >>> Integer.numberOfLeadingZeros(buckets - 1);
    }

    /**
     * The value that belongs to a key whenever it is there.
     *
     * @param key of the map.
     * @return its value.
     */
    public static long valueOf(final int key) {
        return 3L * key + 1;
    }

    /**
     * Is a key there in the beginning?
     *
     * @param key of the map.
     * @return true for every second one.
     */
    public static boolean isThereAtFirst(final int key) {
        return (key & 1) == 0;
    }

    /** Initial values of cells. */
    public interface CellValue {
        /**
         * Value of a cell.
         *
         * @param cell its index.
         * @return what it holds at first.
         */
        long of(int cell);
    }
}

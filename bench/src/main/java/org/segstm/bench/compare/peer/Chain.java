package org.segstm.bench.compare.peer;

/**
 * A bucket of a hash map as an immutable list: what parties without a transactional map keep in one reference.
 *
 * @param key   of the first entry.
 * @param value of the first entry.
 * @param next  other entries, or null.
 */
public record Chain(int key, long value, Chain next) {
    /**
     * All buckets of a map as it is at first.
     *
     * @param shape of the store.
     * @return a list for each bucket.
     */
    public static Chain[] initial(final StoreShape shape) {
        final Chain[] chains = new Chain[shape.buckets()];
        for (int key = 0; key < shape.keys(); key++) {
            if (StoreShape.isThereAtFirst(key)) {
                final int bucket = StoreShape.bucketOf(key, chains.length);
                chains[bucket] = new Chain(key, StoreShape.valueOf(key), chains[bucket]);
            }
        }
        return chains;
    }

    /**
     * Looks a key up.
     *
     * @param chain of entries, or null.
     * @param key   to find.
     * @return its value or {@link Session#ABSENT}.
     */
    public static long find(final Chain chain, final int key) {
        Chain entry = chain;
        while (entry != null && entry.key != key) {
            entry = entry.next;
        }
        return entry == null ? Session.ABSENT : entry.value;
    }

    /**
     * Takes a key out.
     *
     * @param chain of entries, or null.
     * @param key   to take out.
     * @return the list without it; the same list when it is not there.
     */
    public static Chain without(final Chain chain, final int key) {
        if (chain == null || chain.key == key) {
            return chain == null ? null : chain.next;
        }
        final Chain rest = without(chain.next, key);
        return rest == chain.next ? chain : new Chain(chain.key, chain.value, rest);
    }
}

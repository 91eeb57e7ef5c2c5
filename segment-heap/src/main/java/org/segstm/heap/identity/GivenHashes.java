package org.segstm.heap.identity;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongPredicate;

/**
 * Hashes that were given to objects, by identity. A header bit tells which objects are here, so that others do not pay
 * for the look-up, and an entry that outlives its object harms nobody. Thread safe.
 */
public final class GivenHashes {
    private final Map<Long, Given> byIdentity = new ConcurrentHashMap<>();

    /**
     * Gives a hash.
     *
     * @param identity of the object.
     * @param hash     any.
     * @return takes it back, unless the place has another object with a hash by then.
     */
    public Runnable give(final long identity, final long hash) {
        final Given given = new Given(hash);
        byIdentity.put(identity, given);
        return () -> byIdentity.remove(identity, given);
    }

    /**
     * The hash that was given to an object.
     *
     * @param identity of an object that has one.
     * @return the hash.
     */
    public long get(final long identity) {
        return byIdentity.get(identity).hash;
    }

    /**
     * Number of hashes kept.
     *
     * @return the number.
     */
    public int size() {
        return byIdentity.size();
    }

    /**
     * Major collector only: forgets the hashes of dead objects.
     *
     * @param alive tells of an identity whether its object lives on.
     */
    public void retain(final LongPredicate alive) {
        byIdentity.keySet().removeIf(identity -> !alive.test(identity));
    }

    /** An entry of its own for each call: equal hashes are not the same. */
    private static final class Given {
        private final long hash;

        Given(final long hash) {
            this.hash = hash;
        }
    }
}

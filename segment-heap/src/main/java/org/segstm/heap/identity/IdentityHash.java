package org.segstm.heap.identity;

import org.segstm.heap.layout.ObjectHeader;

/** Makes hashes of identities. */
public final class IdentityHash {
    private static final long MULTIPLIER_1 = 0xFF51AFD7ED558CCDL;
    private static final long MULTIPLIER_2 = 0xC4CEB9FE1A85EC53L;
    private static final int SHIFT = 33;

    private IdentityHash() {
    }

    /**
     * Spreads an identity over 64 bits: the finalizer of MurmurHash3 (Appleby), a bijection.
     *
     * @param identity of an object.
     * @return its hash; different for different identities.
     */
    public static long of(final long identity) {
        long hash = identity >>> ObjectHeader.LOG_BYTES_IN_GRANULE;
        hash = (hash ^ hash >>> SHIFT) * MULTIPLIER_1;
        hash = (hash ^ hash >>> SHIFT) * MULTIPLIER_2;
        return hash ^ hash >>> SHIFT;
    }
}

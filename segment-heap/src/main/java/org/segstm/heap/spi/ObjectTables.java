package org.segstm.heap.spi;

import org.segstm.heap.identity.GivenHashes;

/** What a heap knows of single objects beside their memory. The collector takes out what belongs to dead ones. */
public final class ObjectTables {
    private final GivenHashes givenHashes = new GivenHashes();

    /**
     * Identity hashes that were given to objects.
     *
     * @return the table.
     */
    public GivenHashes givenHashes() {
        return givenHashes;
    }
}

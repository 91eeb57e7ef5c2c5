package org.segstm.heap.spi;

import org.segstm.heap.finalization.FinalizationTable;
import org.segstm.heap.identity.GivenHashes;

/** What a heap knows of single objects beside their memory. The collector takes out what belongs to dead ones. */
public final class ObjectTables {
    private final GivenHashes givenHashes = new GivenHashes();
    private final FinalizationTable finalization;

    /**
     * Makes empty tables.
     *
     * @param whenFinalizersAreReady called when the turn of some finalizer has come.
     */
    public ObjectTables(final Runnable whenFinalizersAreReady) {
        finalization = new FinalizationTable(whenFinalizersAreReady);
    }

    /**
     * Finalizers.
     *
     * @return the table.
     */
    public FinalizationTable finalization() {
        return finalization;
    }

    /**
     * Identity hashes that were given to objects.
     *
     * @return the table.
     */
    public GivenHashes givenHashes() {
        return givenHashes;
    }
}

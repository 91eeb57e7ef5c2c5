package org.segstm.heap.sharing;

/** How the old space of the views is mapped, and how runs of units become private and shared again. */
public interface SharingStrategy {
    /**
     * Maps the old space of a view, shared with the base.
     *
     * @param segment index, 0 for the base itself.
     */
    void mapOldSpace(int segment);

    /**
     * Gives a view its own copy of a run of units that it shares now. They have been announced; nobody else uses the
     * view meanwhile.
     *
     * @param segment index from 1.
     * @param unit    first unit.
     * @param units   length of the run.
     * @throws org.segstm.bridge.NativeCallException when the system refuses; the run is then still shared.
     */
    void privatize(int segment, long unit, long units);

    /**
     * Drops a view's own copy of a run of units: it shows the base's pages again.
     *
     * @param segment index from 1.
     * @param unit    first unit.
     * @param units   length of the run.
     * @return false when the system has no mapping for that; nothing has changed then.
     */
    boolean share(int segment, long unit, long units);

    /**
     * Are stores to shared units of a view visible in the base? Where they are not, a view's shared units must not be
     * stored into at all, as the kernel would copy them.
     *
     * @return true when a shared unit of a view is the base's unit for stores too.
     */
    boolean sharedStoresReachBase();

    /**
     * Does every run of private units cost a mapping of the process?
     *
     * @return true when {@code vm.max_map_count} limits the number of runs.
     */
    boolean usesMappingPerRun();

    /**
     * Maps a run of shared units of a view as the base is, so that stores reach it. Only where they do not anyway.
     *
     * @param segment index from 1.
     * @param unit    first unit.
     * @param units   length of the run.
     * @throws org.segstm.bridge.NativeCallException when the system refuses; nothing has changed then.
     */
    default void mapDirect(final int segment, final long unit, final long units) {
        throw new UnsupportedOperationException("stores into shared units reach the base anyway");
    }

    /**
     * Takes {@link #mapDirect} back.
     *
     * @param segment index from 1.
     * @param unit    first unit.
     * @param units   length of the run.
     * @throws org.segstm.bridge.NativeCallException when the system refuses; nothing has changed then.
     */
    default void mapCopyOnWrite(final int segment, final long unit, final long units) {
        throw new UnsupportedOperationException("stores into shared units reach the base anyway");
    }
}

package org.segstm.heap.sharing;

import org.segstm.bridge.Memory;
import org.segstm.bridge.Platform;

/** The kernel copies: views map the base's pages {@code MAP_PRIVATE} once and for all. */
public final class CopyOnWriteSharing implements SharingStrategy {
    private final OldSpaceMapping mapping;
    private final long pageBytes = Platform.pageBytes();

    /**
     * Makes the strategy.
     *
     * @param mapping of the old spaces.
     */
    public CopyOnWriteSharing(final OldSpaceMapping mapping) {
        this.mapping = mapping;
    }

    @Override
    public void mapOldSpace(final int segment) {
        final long offset = mapping.viewOffset(segment, 0);
        if (segment == 0) {
            mapping.reservation().mapShared(offset, mapping.oldBytes(), mapping.file(), 0);
        } else {
            mapping.reservation().mapPrivate(offset, mapping.oldBytes(), mapping.file(), 0);
        }
    }

    /** A store of what is there already makes the kernel copy the page now, at a point of the protocol's choice. */
    @Override
    public void privatize(final int segment, final long unit, final long units) {
        final long start = mapping.reservation().address() + mapping.viewOffset(segment, unit);
        final long end = start + units * mapping.unitBytes();
        for (long address = start; address < end; address += pageBytes) {
            Memory.getAndAddLong(address, 0);
        }
    }

    @Override
    public boolean share(final int segment, final long unit, final long units) {
        mapping.reservation().discard(mapping.viewOffset(segment, unit), units * mapping.unitBytes());
        return true;
    }

    @Override
    public void mapDirect(final int segment, final long unit, final long units) {
        mapping.reservation().mapShared(mapping.viewOffset(segment, unit), units * mapping.unitBytes(),
            mapping.file(), mapping.baseFileOffset(unit));
    }

    @Override
    public void mapCopyOnWrite(final int segment, final long unit, final long units) {
        mapping.reservation().mapPrivate(mapping.viewOffset(segment, unit), units * mapping.unitBytes(),
            mapping.file(), mapping.baseFileOffset(unit));
    }

    @Override
    public boolean sharedStoresReachBase() {
        return false;
    }

    @Override
    public boolean usesMappingPerRun() {
        return false;
    }
}

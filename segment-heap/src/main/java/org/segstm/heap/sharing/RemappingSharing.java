package org.segstm.heap.sharing;

import org.segstm.bridge.Memory;
import org.segstm.bridge.NativeCallException;

/**
 * Views map the base's file pages {@code MAP_SHARED}; a private unit is the segment's own part of the file, mapped over
 * it. The two ways to do that, {@code mmap} and {@code remap_file_pages}, differ in one call.
 */
public final class RemappingSharing implements SharingStrategy {
    private final OldSpaceMapping mapping;
    private final boolean remapFilePages;

    /**
     * Makes the strategy.
     *
     * @param mapping        of the old spaces.
     * @param remapFilePages true for {@code remap_file_pages}, false for {@code mmap}.
     */
    public RemappingSharing(final OldSpaceMapping mapping, final boolean remapFilePages) {
        this.mapping = mapping;
        this.remapFilePages = remapFilePages;
    }

    @Override
    public void mapOldSpace(final int segment) {
        mapping.reservation().mapShared(mapping.viewOffset(segment, 0), mapping.oldBytes(), mapping.file(), 0);
    }

    @Override
    public void privatize(final int segment, final long unit, final long units) {
        remap(segment, unit, units, mapping.ownFileOffset(segment, unit));
        final long address = mapping.reservation().address();
        Memory.copy(address + mapping.viewOffset(0, unit), address + mapping.viewOffset(segment, unit),
            units * mapping.unitBytes());
    }

    @Override
    public boolean share(final int segment, final long unit, final long units) {
        try {
            remap(segment, unit, units, mapping.baseFileOffset(unit));
        } catch (final NativeCallException e) {
            if (!e.isOutOfMemory()) {
                throw e;
            }
            return false;
        }
        mapping.file().punchHole(mapping.ownFileOffset(segment, unit), units * mapping.unitBytes());
        return true;
    }

    @Override
    public boolean sharedStoresReachBase() {
        return true;
    }

    @Override
    public boolean usesMappingPerRun() {
        return true;
    }

    private void remap(final int segment, final long unit, final long units, final long fileOffset) {
        final long offset = mapping.viewOffset(segment, unit);
        final long bytes = units * mapping.unitBytes();
        if (remapFilePages) {
            mapping.reservation().remapFilePages(offset, bytes, fileOffset);
        } else {
            mapping.reservation().mapShared(offset, bytes, mapping.file(), fileOffset);
        }
    }
}

package org.segstm.gc.minor;

import org.segstm.bridge.Memory;
import org.segstm.heap.layout.ObjectHeader;
import org.segstm.heap.layout.ObjectLayout;
import org.segstm.heap.segment.Segment;
import org.segstm.heap.util.LongList;

import static org.segstm.heap.layout.ObjectHeader.REACHED;
import static org.segstm.heap.layout.ObjectHeader.YOUNG_OUTSIDE;

/**
 * Weak refs that may refer to young objects: those of the objects that a minor collection looks into. A young object is
 * known to one transaction only, so no other view is concerned.
 */
final class YoungWeakRefs {
    private static final long FRESH = 1;
    private final Segment segment;
    private final CollectionUndo undo;
    /** Refs of objects with weak fields; the lowest bit tells that the object is fresh. */
    private final LongList holders = new LongList();

    YoungWeakRefs(final Segment segment, final CollectionUndo undo) {
        this.segment = segment;
        this.undo = undo;
    }

    void start() {
        holders.clear();
    }

    void add(final long ref, final boolean fresh) {
        holders.add(fresh ? ref | FRESH : ref);
    }

    /** All that lives on has been copied or reached. */
    void update() {
        for (int i = 0; i < holders.size(); i++) {
            final long ref = holders.get(i) & ~FRESH;
            final boolean fresh = ref != holders.get(i);
            final long base = fresh ? segment.freshBase(ref, segment.sizeOf(ref)) : segment.base();
            updateFields(base + ref, segment.layoutOf(ref));
        }
        holders.clear();
    }

    private void updateFields(final long address, final ObjectLayout layout) {
        for (int i = 0; i < layout.weakCount(); i++) {
            final long fieldAddress = address + layout.weakOffset(i);
            final long value = Memory.getLong(fieldAddress);
            final long now = ObjectHeader.isObjectRef(value) ? afterCollection(value) : value;
            if (now != value) {
                if (undo.isRecording()) {
                    undo.word(fieldAddress, value);
                }
                Memory.putLong(fieldAddress, now);
            }
        }
    }

    private long afterCollection(final long ref) {
        final long header = Memory.getLong(segment.base() + ref);
        if (!segment.map().isOldSpace(ref)) {
            return ObjectHeader.isForwarded(header) ? ObjectHeader.forwardedRef(header) : 0;
        }
        return (header & (YOUNG_OUTSIDE | REACHED)) == YOUNG_OUTSIDE ? 0 : ref;
    }
}

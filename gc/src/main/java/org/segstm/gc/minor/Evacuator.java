package org.segstm.gc.minor;

import org.segstm.bridge.Memory;
import org.segstm.gc.space.SegmentSpace;
import org.segstm.heap.CheckedAccessException;
import org.segstm.heap.HeapContext;
import org.segstm.heap.layout.LayoutTable;
import org.segstm.heap.layout.ObjectHeader;
import org.segstm.heap.layout.ObjectLayout;
import org.segstm.heap.segment.Segment;
import org.segstm.heap.util.ChunkedLongList;
import org.segstm.heap.util.LongList;
import org.segstm.heap.util.LongMap;

import static org.segstm.heap.layout.ObjectHeader.BYTES_IN_CARD;
import static org.segstm.heap.layout.ObjectHeader.BYTES_IN_WORD;
import static org.segstm.heap.layout.ObjectHeader.FLAGS_MASK;
import static org.segstm.heap.layout.ObjectHeader.LOG_BYTES_IN_WORD;
import static org.segstm.heap.layout.ObjectHeader.MULTI_CARD;
import static org.segstm.heap.layout.ObjectHeader.REACHED;
import static org.segstm.heap.layout.ObjectHeader.VARIABLE_LENGTH_OFFSET;
import static org.segstm.heap.layout.ObjectHeader.YOUNG_OUTSIDE;

/**
 * Copies young objects to the old space and follows their refs, depth first with an explicit stack (the idea of
 * {@code gc/minor} in STMGC-C7, {@code nursery.c}).
 *
 * <p>A fresh object is read and written in one view as a whole: the base's, or this segment's own where a unit of it is
 * private. Promoting another object may make units private, so addresses are looked up again once that has happened.
 * Reading where was written also is what the processor can forward; another address of the same memory is not.
 */
final class Evacuator {
    private final Segment segment;
    private final SegmentSpace space;
    private final LayoutTable layouts;
    private final ChunkedLongList fresh;
    private final LongList privateUnits;
    /** Two elements each: ref, and the address at which it was stored or marked. */
    private final LongList toScan = new LongList();
    private final CollectionUndo undo;
    private final YoungWeakRefs weakRefs;
    /** Reserved slots by nursery ref. */
    private final LongMap identities;
    private final long base;
    private final long oldStart;
    private final boolean listsFresh;
    private long youngStart;
    private long youngBytes;
    private boolean hasOutside;
    private int flags;

    private long scannedAddress;
    private long scannedRef;
    private boolean scannedIsFresh;
    private int privateUnitsAtStart;
    private int privateUnitsSeen;

    Evacuator(
        final Segment segment, final SegmentSpace space, final CollectionUndo undo, final LongMap identities) {
        this.segment = segment;
        this.space = space;
        this.undo = undo;
        this.identities = identities;
        this.weakRefs = new YoungWeakRefs(segment, undo);
        this.layouts = segment.layouts();
        this.fresh = segment.fresh();
        this.privateUnits = segment.privateUnits();
        this.base = segment.base();
        this.oldStart = segment.map().oldStart();
        this.listsFresh = !segment.isSerial();
    }

    /**
     * Starts a collection.
     *
     * @param promotedFlags header flags of what is promoted, {@link ObjectHeader#MULTI_CARD} apart.
     */
    void start(final int promotedFlags) {
        toScan.clear();
        weakRefs.start();
        flags = promotedFlags;
        youngStart = segment.nursery().youngStart();
        youngBytes = segment.nursery().usedBytes();
        hasOutside = !segment.youngOutside().isEmpty();
        privateUnitsAtStart = privateUnits.size();
    }

    /**
     * Keeps what a root or ref field refers to.
     *
     * @param value of the field: ref, null or immediate.
     * @return the value to have there from now on.
     */
    long keep(final long value) {
        if (isInNursery(value)) {
            if (HeapContext.isChecked()) {
                checkYoung(value);
            }
            final long header = Memory.getLong(base + value);
            return ObjectHeader.isForwarded(header) ? ObjectHeader.forwardedRef(header) : promote(value, header);
        }
        if (HeapContext.isChecked()) {
            check(value);
        }
        if (hasOutside && ObjectHeader.isObjectRef(value)) {
            reach(value);
        }
        return value;
    }

    /**
     * Keeps what a slice of an object outside the nursery refers to. It is private to this segment.
     *
     * @param ref        of the object.
     * @param cardOffset of the card, or {@link Segment#WHOLE_OBJECT}.
     */
    void scanSlice(final long ref, final long cardOffset) {
        final ObjectLayout layout = layouts.get(Memory.getInt(base + ref + ObjectHeader.LAYOUT_ID_OFFSET));
        if (layout.hasRefs()) {
            scannedAddress = base + ref;
            scannedRef = ref;
            scannedIsFresh = false;
            privateUnitsSeen = privateUnits.size();
            final boolean whole = cardOffset == Segment.WHOLE_OBJECT;
            scanRefs(layout, whole ? 0 : cardOffset, whole ? Long.MAX_VALUE : cardOffset + BYTES_IN_CARD);
        }
    }

    /** Follows the refs of everything kept until there is nothing new. */
    void drain() {
        scannedIsFresh = true;
        while (!toScan.isEmpty()) {
            scannedAddress = toScan.removeLast();
            scannedRef = toScan.removeLast();
            privateUnitsSeen = privateUnitsAtStart;
            if (privateUnits.size() != privateUnitsSeen) {
                locateScannedSlowPath();
            }
            final int layoutId = Memory.getInt(scannedAddress + ObjectHeader.LAYOUT_ID_OFFSET);
            final int first = toScan.size();
            scanRefs(layouts.get(layoutId), 0, Long.MAX_VALUE);
            reverse(first);
        }
    }

    /** What was found first is to be followed first. */
    private void reverse(final int first) {
        int low = first;
        for (int high = toScan.size() - 2; low < high; high -= 2) {
            final long ref = toScan.get(low);
            final long address = toScan.get(low + 1);
            toScan.set(low, toScan.get(high));
            toScan.set(low + 1, toScan.get(high + 1));
            toScan.set(high, ref);
            toScan.set(high + 1, address);
            low += 2;
        }
    }

    /** Does an object live on, as far as is known by now? */
    boolean isKept(final long ref) {
        final long header = Memory.getLong(base + ref);
        return isInNursery(ref) ? ObjectHeader.isForwarded(header)
            : (header & (YOUNG_OUTSIDE | REACHED)) != YOUNG_OUTSIDE;
    }

    /** When nothing more is kept: weak refs follow what has moved, and let go what is dead. */
    void updateWeakRefs() {
        weakRefs.update();
    }

    /**
     * Flags of an object in the old space after this collection.
     *
     * @param layout of the object.
     * @param bytes  its size.
     * @return flags of {@link ObjectHeader}.
     */
    int promotedFlags(final ObjectLayout layout, final long bytes) {
        return layout.isMultiCard(bytes) ? flags | MULTI_CARD : flags;
    }

    /** One comparison: null wraps around to a huge distance. */
    private boolean isInNursery(final long value) {
        return Long.compareUnsigned(value - youngStart, youngBytes) < 0 && (value & 1) == 0;
    }

    private long promote(final long nurseryRef, final long header) {
        final ObjectLayout layout = layouts.get(ObjectHeader.layoutId(header));
        final long sourceAddress = base + nurseryRef;
        final long bytes = sizeOf(layout, sourceAddress);
        if ((header & ObjectHeader.HAS_IDENTITY) != 0) {
            return promoteToReserved(nurseryRef, header, layout, bytes);
        }
        final long ref = space.allocate(bytes);
        if (listsFresh) {
            fresh.add(ref);
        }
        if (undo.isRecording()) {
            undo.promoted(ref);
            undo.word(sourceAddress, header);
        }
        final long targetAddress = segment.freshBase(ref, bytes) + ref;
        ObjectCopy.copyBody(sourceAddress, targetAddress, bytes);
        Memory.putLong(targetAddress, header & ~(long) FLAGS_MASK | promotedFlags(layout, bytes));
        Memory.putLong(sourceAddress, ObjectHeader.forwardingTo(ref));
        if (layout.hasRefs()) {
            toScan.add(ref);
            toScan.add(targetAddress);
        }
        return ref;
    }

    /** The slot is a young object outside the nursery, which is reached now and settled like any. */
    private long promoteToReserved(
        final long nurseryRef, final long header, final ObjectLayout layout, final long bytes) {
        final long ref = identities.get(nurseryRef);
        final long sourceAddress = base + nurseryRef;
        final long targetAddress = base + ref;
        if (undo.isRecording()) {
            undo.word(sourceAddress, header);
            for (long address = targetAddress; address < targetAddress + bytes; address += BYTES_IN_WORD) {
                undo.word(address, Memory.getLong(address));
            }
        }
        ObjectCopy.copyBody(sourceAddress, targetAddress, bytes);
        Memory.putLong(targetAddress,
            header & ~(long) (FLAGS_MASK | ObjectHeader.HAS_IDENTITY) | YOUNG_OUTSIDE | REACHED);
        Memory.putLong(sourceAddress, ObjectHeader.forwardingTo(ref));
        if (layout.hasRefs()) {
            toScan.add(ref);
            toScan.add(targetAddress);
        }
        return ref;
    }

    /** Young objects outside the nursery are private to this segment, so its own view tells about any object. */
    private void reach(final long ref) {
        final long header = Memory.getLong(base + ref);
        if ((header & (YOUNG_OUTSIDE | REACHED)) == YOUNG_OUTSIDE) {
            if (undo.isRecording()) {
                undo.word(base + ref, header);
            }
            Memory.putLong(base + ref, header | REACHED);
            if (layouts.get(ObjectHeader.layoutId(header)).hasRefs()) {
                toScan.add(ref);
                toScan.add(base + ref);
            }
        }
    }

    private void scanRefs(final ObjectLayout layout, final long fromOffset, final long toOffset) {
        if (layout.hasWeak()) {
            weakRefs.add(scannedRef, scannedIsFresh);
        }
        for (int i = 0, count = layout.refCount(); i < count; i++) {
            final int offset = layout.refOffset(i);
            if (offset >= fromOffset && offset < toOffset) {
                keepField(offset);
            }
        }
        if (layout.variablePart() == ObjectLayout.VariablePart.REFS) {
            final long length = Memory.getLong(scannedAddress + VARIABLE_LENGTH_OFFSET);
            final long end = Math.min(toOffset, layout.variableOffset() + (length << LOG_BYTES_IN_WORD));
            for (long offset = Math.max(fromOffset, layout.variableOffset()); offset < end; offset += BYTES_IN_WORD) {
                keepField(offset);
            }
        }
    }

    private void keepField(final long offset) {
        final long value = Memory.getLong(scannedAddress + offset);
        final long kept = keep(value);
        if (kept != value) {
            if (privateUnits.size() != privateUnitsSeen) {
                locateScannedSlowPath();
            }
            if (undo.isRecording()) {
                undo.word(scannedAddress + offset, value);
            }
            Memory.putLong(scannedAddress + offset, kept);
        }
    }

    private void locateScannedSlowPath() {
        if (scannedIsFresh) {
            scannedAddress = segment.freshBase(scannedRef, segment.sizeOf(scannedRef)) + scannedRef;
        }
        privateUnitsSeen = privateUnits.size();
    }

    private static long sizeOf(final ObjectLayout layout, final long address) {
        return layout.isVariable()
            ? layout.sizeOf(Memory.getLong(address + VARIABLE_LENGTH_OFFSET)) : layout.fixedSize();
    }

    private void check(final long value) {
        if (ObjectHeader.isObjectRef(value) && (!segment.map().isPlausible(value) || value < oldStart
            || !space.space().bitmap().isSet(value))) {
            throw noObject(value);
        }
    }

    private void checkYoung(final long value) {
        if ((value & ObjectHeader.GRANULE_MASK) != 0 || !segment.nursery().isObject(value)) {
            throw noObject(value);
        }
    }

    private static CheckedAccessException noObject(final long value) {
        return new CheckedAccessException("a root or field must hold null, an immediate or the ref of an existing"
            + " object (was a ref kept across a safepoint?): value=0x" + Long.toHexString(value));
    }
}

package org.segstm.heap.segment;

import org.segstm.bridge.Memory;
import org.segstm.bridge.Reservation;
import org.segstm.heap.HeapContext;
import org.segstm.heap.layout.LayoutTable;
import org.segstm.heap.layout.ObjectHeader;
import org.segstm.heap.layout.ObjectLayout;
import org.segstm.heap.sharing.DirectRanges;
import org.segstm.heap.sharing.PageTable;
import org.segstm.heap.sharing.Privatizer;
import org.segstm.heap.sharing.SharingStrategy;
import org.segstm.heap.util.LongList;

import java.util.function.LongPredicate;

/**
 * The memory of a segment: one complete view of the heap, which of its pages are private, and how its objects are read
 * without barriers.
 */
public abstract class View {
    /** Write mark of a card: none. */
    public static final byte CARD_CLEAN = 0;
    /** Write mark of a card: in the write set, to be remembered again by the next store. */
    public static final byte CARD_WRITTEN = 1;
    /** Write mark of a card: stores are free until the next minor collection. */
    public static final byte CARD_REMEMBERED = 2;
    /** From this size on a new object is worth the system calls that let it be made in the base. */
    private static final long DIRECT_BYTES = 32 << 10;

    final long base;
    final boolean serial;
    final ReadMarkers markers;
    private final int index;
    private final long bit;
    private final long control;
    private final long sharedBase;
    private final boolean sharedStoresReachBase;
    private final SegmentMap map;
    private final long cardMarkDistance;
    private final PageTable pages;
    private final Privatizer privatizer;
    private final DirectRanges direct;
    private final LayoutTable layouts;
    private final Nursery nursery;
    private final LongList privateUnits = new LongList();
    private long privatizedUnits;

    /**
     * Makes a view; its old space is mapped already.
     *
     * @param index       from 1.
     * @param reservation of all segments.
     * @param map         of a segment.
     * @param context     configuration.
     * @param layouts     of the heap.
     * @param pages       who holds what.
     * @param privatizer  of the heap.
     * @param strategy    of page sharing.
     */
    View(
        final int index, final Reservation reservation, final SegmentMap map, final HeapContext context,
        final LayoutTable layouts, final PageTable pages, final Privatizer privatizer,
        final SharingStrategy strategy) {
        this.index = index;
        this.bit = Privatizer.bitOf(index);
        this.base = reservation.address() + index * map.segmentBytes();
        this.control = base + SegmentMap.controlOffset();
        this.sharedBase = reservation.address();
        this.sharedStoresReachBase = strategy.sharedStoresReachBase();
        this.serial = context.serial();
        this.map = map;
        this.cardMarkDistance = map.cardMarkDistance();
        this.pages = pages;
        this.privatizer = privatizer;
        this.direct = new DirectRanges(strategy, index, serial || sharedStoresReachBase ? 0
            : context.maximumMappings() / (2L * context.segments()));
        this.layouts = layouts;
        this.markers = new ReadMarkers(reservation, index * map.segmentBytes(), map, context.markerReset());
        this.nursery = new Nursery(base, map, context.stressBytes());
    }

    /**
     * Index of the segment.
     *
     * @return from 1.
     */
    public final int index() {
        return index;
    }

    /**
     * Bit of the segment in the page table.
     *
     * @return the bit.
     */
    public final long bit() {
        return bit;
    }

    /**
     * Address of the segment: a ref is an offset from here.
     *
     * @return absolute address.
     */
    public final long base() {
        return base;
    }

    /**
     * Address of the control page.
     *
     * @return absolute address.
     */
    public final long control() {
        return control;
    }

    /**
     * Map of the segment.
     *
     * @return the map.
     */
    public final SegmentMap map() {
        return map;
    }

    /**
     * Page table of the heap.
     *
     * @return the table.
     */
    public final PageTable pages() {
        return pages;
    }

    /**
     * Layouts of the heap.
     *
     * @return the table.
     */
    public final LayoutTable layouts() {
        return layouts;
    }

    /**
     * Read markers.
     *
     * @return the markers.
     */
    public final ReadMarkers markers() {
        return markers;
    }

    /**
     * Nursery.
     *
     * @return the nursery.
     */
    public final Nursery nursery() {
        return nursery;
    }

    /**
     * Units that became private since the last reshare, in no order.
     *
     * @return list of unit indexes.
     */
    public final LongList privateUnits() {
        return privateUnits;
    }

    /**
     * Were units made private since {@link #takePrivatizedUnits()}?
     *
     * @return true when there were.
     */
    public final boolean hasPrivatizedUnits() {
        return privatizedUnits != 0;
    }

    /**
     * Units made private since the last call.
     *
     * @return the number.
     */
    public final long takePrivatizedUnits() {
        final long units = privatizedUnits;
        privatizedUnits = 0;
        return units;
    }

    /**
     * Is no-STM mode on?
     *
     * @return true when there is no undo, no log and no read marker.
     */
    public final boolean isSerial() {
        return serial;
    }

    /**
     * Size of an object, read in this view.
     *
     * @param ref of the object; not forwarded.
     * @return bytes.
     */
    public final long sizeOf(final long ref) {
        final ObjectLayout layout = layoutOf(ref);
        return layout.isVariable()
            ? layout.sizeOf(Memory.getLong(base + ref + ObjectHeader.VARIABLE_LENGTH_OFFSET)) : layout.fixedSize();
    }

    /**
     * Layout of an object, read in this view.
     *
     * @param ref of the object; not forwarded.
     * @return its layout.
     */
    public final ObjectLayout layoutOf(final long ref) {
        return layouts.get(Memory.getInt(base + ref + ObjectHeader.LAYOUT_ID_OFFSET));
    }

    /**
     * Flags of an object in this view.
     *
     * @param ref of the object.
     * @return flags of {@link ObjectHeader}.
     */
    public final int flagsOf(final long ref) {
        return Memory.getByte(base + ref + ObjectHeader.FLAGS_OFFSET);
    }

    /**
     * Write mark of a card.
     *
     * @param cardRef ref of the card's first byte.
     * @return one of the marks.
     */
    public final byte cardMark(final long cardRef) {
        return Memory.getByte(cardMarkAddress(cardRef));
    }

    /**
     * Distance from where a granule's read marker usually is, {@code ref >>> 4}, to its card write mark.
     *
     * @return bytes.
     */
    public final long cardMarkDistance() {
        return cardMarkDistance;
    }

    /**
     * Is a unit private to this segment?
     *
     * @param ref in it.
     * @return true when it is.
     */
    public final boolean isPrivate(final long ref) {
        return pages.isPrivate(pages.unitOf(ref), bit);
    }

    /**
     * Makes all units private that a range touches, as must be before any store into a published object.
     *
     * @param ref   first byte.
     * @param bytes length of the range.
     */
    public final void ensurePrivate(final long ref, final long bytes) {
        if (serial) {
            return;
        }
        final long last = pages.unitOf(ref + bytes - 1);
        if (pages.unitOf(ref) != last || !pages.isPrivate(last, bit)) {
            privatizeRange(pages.unitOf(ref), last);
        }
    }

    /**
     * Must units be made private before the first of several stores that make sense only together?
     *
     * @return true when the system may have no mapping for one of them.
     */
    public final boolean mayFailToPrivatize() {
        return sharedStoresReachBase || !direct.isEmpty();
    }

    private void privatizeRange(final long first, final long last) {
        for (long unit = first; unit <= last; unit++) {
            if (!pages.isPrivate(unit, bit)) {
                privatizeSlowPath(unit);
            }
        }
    }

    private void privatizeSlowPath(final long unit) {
        if (direct.contains(unit)) {
            closeDirectRange(unit);
            if (pages.isPrivate(unit, bit)) {
                return;
            }
        }
        final int before = privateUnits.size();
        if (privatizer.privatize(index, unit, privateUnits)) {
            nursery.signal();
        }
        final long made = privateUnits.size() - before;
        privatizedUnits += made;
        final long totalAddress = control + ControlPage.PRIVATIZED_UNITS_OFFSET;
        Memory.putLong(totalAddress, Memory.getLong(totalAddress) + made);
        Memory.putLong(control + ControlPage.PRIVATE_UNITS_OFFSET, privateUnits.size());
    }

    /** Where the running transaction relies on it that it can store, it will be able to. */
    private void closeDirectRange(final long unit) {
        final boolean live = direct.isLive(unit);
        if (live && direct.closeOnly(unit)) {
            return;
        }
        final long first = direct.startOf(unit);
        final long end = direct.endOf(unit);
        direct.close(unit);
        if (live) {
            privatizeRange(first, end - 1);
        }
    }

    /** The transaction is over: what it made in direct ranges is committed or gone. */
    final void settleDirectRanges() {
        direct.settle();
    }

    /**
     * Major collector only: zeroes parts of private units that no object lies in any more, as the base's are zero.
     *
     * @param bytes size of a part, which divides the unit.
     * @param free  tells, for the ref of its first byte, whether a part is free.
     */
    public final void clearPrivateRanges(final long bytes, final LongPredicate free) {
        for (int i = 0; i < privateUnits.size(); i++) {
            final long start = pages.refOf(privateUnits.get(i));
            for (long ref = start; ref < start + pages.unitBytes(); ref += bytes) {
                if (free.test(ref)) {
                    Memory.clear(base + ref, bytes);
                }
            }
        }
    }

    /**
     * A large object is committed, and complete in the base: shares the units again that lie in it as a whole.
     *
     * @param ref   of the object.
     * @param bytes its size.
     */
    public final void shareCommitted(final long ref, final long bytes) {
        if (sharedStoresReachBase) {
            return;
        }
        shareRange(pages.unitsBefore(ref), pages.unitOf(ref + bytes));
    }

    private void shareRange(final long first, final long end) {
        long shared = 0;
        long unit = first;
        while (unit < end) {
            long runEnd = unit;
            while (runEnd < end && pages.isPrivate(runEnd, bit)) {
                runEnd++;
            }
            if (runEnd > unit && privatizer.share(index, unit, runEnd - unit)) {
                shared += runEnd - unit;
            }
            unit = runEnd + 1;
        }
        if (shared == 0) {
            return;
        }
        int kept = 0;
        for (int i = 0; i < privateUnits.size(); i++) {
            final long other = privateUnits.get(i);
            if (pages.isPrivate(other, bit)) {
                privateUnits.set(kept++, other);
            }
        }
        privateUnits.truncate(kept);
        Memory.putLong(control + ControlPage.PRIVATE_UNITS_OFFSET, kept);
    }

    /**
     * Through which address range the collector reads and writes a fresh object: the base's where all its units are
     * shared, else this view, prepared for stores.
     *
     * @param ref   of an object that nobody else can reach.
     * @param bytes its size.
     * @return address to add the ref to.
     */
    public final long freshBase(final long ref, final long bytes) {
        if (sharedStoresReachBase) {
            return base;
        }
        final long last = pages.unitOf(ref + bytes - 1);
        for (long unit = pages.unitOf(ref); unit <= last; unit++) {
            if (pages.isPrivate(unit, bit)) {
                ensureStorable(ref, bytes);
                return base;
            }
        }
        return sharedBase;
    }

    /**
     * Prepares a fresh object for plain stores by the mutator through its own view.
     *
     * @param ref   of an object that nobody else can reach.
     * @param bytes its size.
     */
    public final void ensureStorable(final long ref, final long bytes) {
        if (sharedStoresReachBase || serial) {
            return;
        }
        final long last = pages.unitOf(ref + bytes - 1);
        for (long unit = pages.unitOf(ref); unit <= last; unit++) {
            if (!pages.isPrivate(unit, bit) && !direct.isLive(unit)) {
                privatizeSlowPath(unit);
            }
        }
    }

    /**
     * Prepares the place of a new object for plain stores. When it is large, units that lie in it as a whole become
     * direct: private copies from an earlier life of the place are dropped.
     *
     * @param ref   first byte of the place, where no object has been made yet.
     * @param bytes size of the place; it belongs to the caller alone.
     */
    public final void makeStorable(final long ref, final long bytes) {
        if (sharedStoresReachBase || serial) {
            return;
        }
        final long first = pages.unitsBefore(ref);
        final long end = pages.unitOf(ref + bytes);
        if ((end - first) * pages.unitBytes() >= DIRECT_BYTES) {
            shareRange(first, end);
            direct.open(first, end);
        }
        ensureStorable(ref, bytes);
    }

    final long cardMarkAddress(final long cardRef) {
        return base + (cardRef >>> SegmentMap.LOG_MARKER_SCALE) + cardMarkDistance;
    }
}

package org.segstm.gc.major;

import org.segstm.bridge.Memory;
import org.segstm.gc.space.AllocationBitmap;
import org.segstm.gc.weak.WeakHolders;
import org.segstm.heap.CheckedAccessException;
import org.segstm.heap.HeapContext;
import org.segstm.heap.layout.LayoutTable;
import org.segstm.heap.layout.ObjectHeader;
import org.segstm.heap.layout.ObjectLayout;
import org.segstm.heap.segment.SegmentMap;
import org.segstm.heap.spi.RootVisitor;

import static org.segstm.heap.layout.ObjectHeader.BYTES_IN_WORD;
import static org.segstm.heap.layout.ObjectHeader.LAYOUT_ID_OFFSET;
import static org.segstm.heap.layout.ObjectHeader.LOG_BYTES_IN_GRANULE;
import static org.segstm.heap.layout.ObjectHeader.LOG_BYTES_IN_WORD;
import static org.segstm.heap.layout.ObjectHeader.VARIABLE_LENGTH_OFFSET;

/**
 * One worker of the mark phase. Committed objects are read in the base; in-flight ones are shown to it in the view of
 * their transaction. Depth first; arrays are looked into piece by piece, so that neither they nor long lists need room.
 *
 * <p>Marking is one cache miss after another. So what is touched next is touched for several objects at once, in a loop
 * without atomic operations, which lets the processor wait for all of them together: the first words of objects that
 * are about to be looked into, and the mark words of those that they refer to.
 *
 * <pre>
 *  item:  an object    its ref (bit 0 is 0)
 *         rest of one  bits 24..62  ref &gt;&gt;&gt; 4
 *                      bits 1..23   number of the piece from which on its refs have not been looked at
 *                      bit 0        1
 * </pre>
 */
final class Marker implements RootVisitor {
    private static final int LOG_BYTES_IN_PIECE = 19;
    private static final long BYTES_IN_PIECE = 1L << LOG_BYTES_IN_PIECE;
    private static final int PIECE_REF_SHIFT = 24;
    private static final long PIECE_MASK = (1 << PIECE_REF_SHIFT - 1) - 1;
    private static final int MINIMUM_TO_SHARE = 8;
    private static final int OFFERED_ITEMS = 512;
    private static final int ITEMS_AT_ONCE = 16;

    private final MarkBitmap marks;
    private final AllocationBitmap objects;
    private final LayoutTable layouts;
    private final SegmentMap map;
    private final long base;
    private final long oldStart;
    private final MarkStack stack = new MarkStack();
    private final WeakHolders weakHolders = new WeakHolders();
    private final long[] found = new long[ITEMS_AT_ONCE];
    private final long[] items = new long[ITEMS_AT_ONCE];
    private final int[] layoutIds = new int[ITEMS_AT_ONCE];
    private int foundCount;
    private MarkWork work;
    private int worker;

    Marker(
        final MarkBitmap marks, final AllocationBitmap objects, final LayoutTable layouts, final SegmentMap map,
        final long base) {
        this.marks = marks;
        this.objects = objects;
        this.layouts = layouts;
        this.map = map;
        this.base = base;
        this.oldStart = map.oldStart();
    }

    /** Starts a phase. */
    void start(final MarkWork sharedWork, final int workerNumber) {
        work = sharedWork;
        worker = workerNumber;
    }

    /** Ends a collection, also one that failed. */
    void reset() {
        stack.reset();
        foundCount = 0;
        weakHolders.clear();
        work = null;
    }

    WeakHolders weakHolders() {
        return weakHolders;
    }

    void close() {
        stack.close();
    }

    @Override
    public void visit(final long value) {
        if (HeapContext.isChecked() && ObjectHeader.isObjectRef(value)
            && (!map.isPlausible(value) || value >= oldStart && !objects.isSet(value))) {
            throw noObject(value, 0);
        }
        visitUnsettled(value);
    }

    /** What is no object is passed over. Marked at once: who keeps an object may ask about it. */
    @Override
    public void visitUnsettled(final long value) {
        if (map.isPlausible(value) && value >= oldStart && objects.isSet(value) && marks.mark(value)) {
            stack.push(value);
        }
    }

    /** Marks an object of the old space, soon, to be looked into later, in the base. */
    void mark(final long ref) {
        if (foundCount == ITEMS_AT_ONCE) {
            markFound();
        }
        found[foundCount++] = ref;
    }

    private void markFound() {
        final int count = foundCount;
        foundCount = 0;
        int unmarked = 0;
        for (int i = 0; i < count; i++) {
            final long ref = found[i];
            found[unmarked] = ref;
            unmarked += marks.isMarked(ref) ? 0 : 1;
        }
        for (int i = 0; i < unmarked; i++) {
            if (marks.mark(found[i])) {
                stack.push(found[i]);
            }
        }
    }

    /**
     * Follows the refs of a part of an object as a view shows them.
     *
     * @param view       address of the view.
     * @param ref        of the object.
     * @param layout     its layout.
     * @param fromOffset start of the part, in bytes from the object's start.
     * @param toOffset   its end, which may be behind the object's.
     */
    void scan(
        final long view, final long ref, final ObjectLayout layout, final long fromOffset, final long toOffset) {
        final long address = view + ref;
        for (int i = 0, count = layout.refCount(); i < count; i++) {
            final int offset = layout.refOffset(i);
            if (offset >= fromOffset && offset < toOffset) {
                field(Memory.getLong(address + offset), ref);
            }
        }
        if (layout.variablePart() == ObjectLayout.VariablePart.REFS) {
            final long end = Math.min(toOffset, endOfRefs(address, layout));
            for (long offset = Math.max(fromOffset, layout.variableOffset()); offset < end; offset += BYTES_IN_WORD) {
                field(Memory.getLong(address + offset), ref);
            }
        }
    }

    /**
     * Follows the refs among words that a partial rollback would bring back.
     *
     * @param view       address of the view that shows the object.
     * @param ref        of the object they were saved of.
     * @param layout     its layout.
     * @param saved      words.
     * @param savedIndex index of the first of them.
     * @param fromOffset its place in the object, in bytes from the object's start.
     * @param words      how many.
     */
    void scanSaved(
        final long view, final long ref, final ObjectLayout layout, final long[] saved, final int savedIndex,
        final long fromOffset, final int words) {
        for (int i = 0, count = layout.refCount(); i < count; i++) {
            final long word = layout.refOffset(i) - fromOffset >> LOG_BYTES_IN_WORD;
            if (word >= 0 && word < words) {
                field(saved[savedIndex + (int) word], ref);
            }
        }
        if (layout.variablePart() == ObjectLayout.VariablePart.REFS) {
            final long end = endOfRefs(view + ref, layout);
            for (int i = 0; i < words; i++) {
                final long offset = fromOffset + ((long) i << LOG_BYTES_IN_WORD);
                if (offset >= layout.variableOffset() && offset < end) {
                    field(saved[savedIndex + i], ref);
                }
            }
        }
    }

    /** Follows all refs of an in-flight object as its view shows them. */
    void scanInFlight(final long view, final long ref) {
        final ObjectLayout layout = layouts.get(Memory.getInt(view + ref + LAYOUT_ID_OFFSET));
        if (layout.hasWeak()) {
            weakHolders.addInFlight(view, ref);
        }
        if (layout.hasRefs()) {
            long from = 0;
            final long end = endOfRefs(view + ref, layout);
            do {
                scan(view, ref, layout, from, from + BYTES_IN_PIECE);
                from += BYTES_IN_PIECE;
                drainOwn();
            } while (from < end);
        }
    }

    /** Looks into all that was marked here, and into what others offer, until nobody has anything left. */
    void drain() {
        long[] batch;
        do {
            drainOwn();
            batch = work.take(worker);
            if (batch != null) {
                for (final long item : batch) {
                    stack.push(item);
                }
            }
        } while (batch != null);
    }

    private void drainOwn() {
        markFound();
        while (!stack.isEmpty()) {
            final int count = (int) Math.min(ITEMS_AT_ONCE, stack.size());
            for (int i = 0; i < count; i++) {
                items[i] = stack.pop();
            }
            for (int i = 0; i < count; i++) {
                layoutIds[i] = Memory.getInt(base + refOf(items[i]) + LAYOUT_ID_OFFSET);
            }
            for (int i = 0; i < count; i++) {
                final ObjectLayout layout = layouts.get(layoutIds[i]);
                if (layout.hasRefs()) {
                    scanPiece(refOf(items[i]), layout, isRest(items[i]) ? items[i] >>> 1 & PIECE_MASK : 0);
                }
            }
            markFound();
            if (stack.size() >= MINIMUM_TO_SHARE && work.isWanted() && !work.hasOffered(worker)) {
                work.offer(worker, stack.takeOldest(OFFERED_ITEMS));
            }
        }
    }

    private static boolean isRest(final long item) {
        return (item & 1) != 0;
    }

    private static long refOf(final long item) {
        return isRest(item) ? item >>> PIECE_REF_SHIFT << LOG_BYTES_IN_GRANULE : item;
    }

    private void scanPiece(final long ref, final ObjectLayout layout, final long piece) {
        final long from = piece << LOG_BYTES_IN_PIECE;
        if (piece == 0 && layout.hasWeak()) {
            weakHolders.addCommitted(ref);
        }
        if (layout.variablePart() == ObjectLayout.VariablePart.REFS
            && endOfRefs(base + ref, layout) > from + BYTES_IN_PIECE) {
            stack.push(ref >>> LOG_BYTES_IN_GRANULE << PIECE_REF_SHIFT | piece + 1 << 1 | 1);
        }
        scan(base, ref, layout, from, from + BYTES_IN_PIECE);
    }

    private void field(final long value, final long holder) {
        if ((value & 1) == 0 && value >= oldStart) {
            if (HeapContext.isChecked() && (!map.isPlausible(value) || !objects.isSet(value))) {
                throw noObject(value, holder);
            }
            mark(value);
        }
    }

    private static long endOfRefs(final long address, final ObjectLayout layout) {
        return layout.variablePart() == ObjectLayout.VariablePart.REFS
            ? layout.variableOffset() + (Memory.getLong(address + VARIABLE_LENGTH_OFFSET) << LOG_BYTES_IN_WORD) : 0;
    }

    private static CheckedAccessException noObject(final long value, final long holder) {
        return new CheckedAccessException("a live " + (holder == 0 ? "root" : "object")
            + " refers to where no object is (was a ref kept outside of the roots?): value=0x" + Long.toHexString(value)
            + (holder == 0 ? "" : " holder=0x" + Long.toHexString(holder)));
    }
}

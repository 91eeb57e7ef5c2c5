package org.segstm.bench.compare.peer.segstm;

import org.segstm.bench.compare.peer.Session;
import org.segstm.bench.compare.peer.StoreShape;
import org.segstm.heap.Mutator;
import org.segstm.heap.layout.ObjectLayout;
import org.segstm.jit.RawAccess;

/**
 * A hash map with open addressing in one array (Knuth, The Art of Computer Programming, 6.4, algorithms L and R): what
 * suits a heap whose arrays conflict by card. A look-up touches a cache line and leaves a read mark, mostly, and
 * nothing is ever allocated. Accessed as compiled code of a VM would: a barrier for each slot, then plain words.
 *
 * <pre>
 *  table:  header | bytes | slot ...
 *  slot:   key + 1, 0 when free | value           16 bytes, never in two cards
 * </pre>
 */
final class OpenTable {
    private static final int LOG_BYTES_IN_SLOT = 4;
    private static final int SLOTS_PER_KEY = 2;
    private static final long FREE = 0;

    private final long ref;
    private final int slots;
    private final long firstSlot;

    /**
     * A view on a table.
     *
     * @param ref    of an array that never moves.
     * @param slots  how many it has, a power of two.
     * @param layout of the array.
     */
    OpenTable(final long ref, final int slots, final ObjectLayout layout) {
        this.ref = ref;
        this.slots = slots;
        this.firstSlot = layout.variableOffset();
    }

    /**
     * How many slots a map has: at most half of them are in use.
     *
     * @param shape of the store.
     * @return a power of two.
     */
    static int slotsOf(final StoreShape shape) {
        return shape.keys() * SLOTS_PER_KEY;
    }

    static long bytesOf(final int slots) {
        return (long) slots << LOG_BYTES_IN_SLOT;
    }

    long find(final Mutator m, final int key) {
        final long slot = slotOf(m, key);
        return RawAccess.getLong(m, m.segmentBase(), ref, slot) == FREE ? Session.ABSENT : value(m, slot);
    }

    boolean put(final Mutator m, final int key, final long value) {
        final long slot = slotOf(m, key);
        final boolean isNew = RawAccess.getLong(m, m.segmentBase(), ref, slot) == FREE;
        store(m, slot, key + 1L, value);
        return isNew;
    }

    /** What follows is moved up, so that no look-up ends too early. */
    boolean remove(final Mutator m, final int key) {
        long hole = slotOf(m, key);
        if (RawAccess.getLong(m, m.segmentBase(), ref, hole) == FREE) {
            return false;
        }
        long slot = after(hole);
        for (long other = key(m, slot); other != FREE; other = key(m, slot)) {
            if (distance(home((int) (other - 1)), slot) >= distance(hole, slot)) {
                store(m, hole, other, value(m, slot));
                hole = slot;
            }
            slot = after(slot);
        }
        store(m, hole, FREE, FREE);
        return true;
    }

    /** Offset of the slot that holds a key, or of the free one where it would be. It is marked as read. */
    private long slotOf(final Mutator m, final int key) {
        long slot = home(key);
        long found = key(m, slot);
        while (found != FREE && found != key + 1L) {
            slot = after(slot);
            found = key(m, slot);
        }
        return slot;
    }

    private long key(final Mutator m, final long slot) {
        m.readCardBarrier(ref, slot);
        return RawAccess.getLong(m, m.segmentBase(), ref, slot);
    }

    /** Of a slot that is marked as read. */
    private long value(final Mutator m, final long slot) {
        return RawAccess.getLong(m, m.segmentBase(), ref, slot + Long.BYTES);
    }

    private void store(final Mutator m, final long slot, final long storedKey, final long value) {
        m.writeCardBarrier(ref, slot);
        RawAccess.putLong(m, m.segmentBase(), ref, slot, storedKey);
        RawAccess.putLong(m, m.segmentBase(), ref, slot + Long.BYTES, value);
    }

    private long home(final int key) {
        return firstSlot + ((long) StoreShape.bucketOf(key, slots) << LOG_BYTES_IN_SLOT);
    }

    private long after(final long slot) {
        final long next = slot + (1L << LOG_BYTES_IN_SLOT);
        return next == firstSlot + bytesOf(slots) ? firstSlot : next;
    }

    /** Bytes from a slot to a later one, around the end. */
    private long distance(final long from, final long to) {
        return to - from & bytesOf(slots) - 1;
    }
}

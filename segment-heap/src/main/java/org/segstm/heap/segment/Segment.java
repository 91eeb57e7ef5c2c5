package org.segstm.heap.segment;

import org.segstm.bridge.Memory;
import org.segstm.bridge.Reservation;
import org.segstm.heap.AbortCause;
import org.segstm.heap.HeapContext;
import org.segstm.heap.layout.ConflictRule;
import org.segstm.heap.layout.LayoutTable;
import org.segstm.heap.layout.ObjectHeader;
import org.segstm.heap.layout.ObjectLayout;
import org.segstm.heap.log.LogMemory;
import org.segstm.heap.sharing.PageTable;
import org.segstm.heap.sharing.Privatizer;
import org.segstm.heap.sharing.SharingStrategy;
import org.segstm.heap.spi.SegmentCollector;
import org.segstm.heap.tx.WriteSet;
import org.segstm.heap.util.ChunkedLongList;
import org.segstm.heap.util.LongList;

import java.util.function.LongPredicate;

import static org.segstm.heap.layout.ObjectHeader.BYTES_IN_CARD;
import static org.segstm.heap.layout.ObjectHeader.CARD_MASK;
import static org.segstm.heap.layout.ObjectHeader.IN_WRITE_SET;
import static org.segstm.heap.layout.ObjectHeader.MULTI_CARD;
import static org.segstm.heap.layout.ObjectHeader.OVERFLOW;
import static org.segstm.heap.layout.ObjectHeader.WRITE_BARRIER;

/**
 * One complete view of the heap and the state of the transaction that runs in it. Used by one thread at a time: the
 * mutator that owns it, or a thread that made it stand still. Everything here is plain; the hand-over goes through the
 * run state word.
 */
public class Segment extends View {
    /** In place of a card's offset: all of an object that has one card. */
    public static final long WHOLE_OBJECT = -1;

    private final WriteSet writeSet = new WriteSet();
    private final LongList remembered = new LongList();
    private final ChunkedLongList fresh = new ChunkedLongList();
    private final LongList youngOutside = new LongList();
    private final LongList travelling = new LongList();
    private final Savepoints savepoints = new Savepoints(this);
    private SegmentCollector collector;
    private LogMemory logMemory;
    private int overflowCount;
    private long youngOutsideBytes;
    private long lastEntry;
    private long viewRevision;
    private boolean inTransaction;
    private boolean inevitable;
    private AbortCause doom;
    private SegmentOwner owner;
    private Watch watch;
    private boolean reserved;
    private long ownedSinceNanos;

    /**
     * Makes a segment; its old space is mapped already.
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
    public Segment(
        final int index, final Reservation reservation, final SegmentMap map, final HeapContext context,
        final LayoutTable layouts, final PageTable pages, final Privatizer privatizer,
        final SharingStrategy strategy) {
        super(index, reservation, map, context, layouts, pages, privatizer, strategy);
    }

    /**
     * Old objects that the running transaction wrote.
     *
     * @return the write set.
     */
    public WriteSet writeSet() {
        return writeSet;
    }

    /**
     * Slices outside the nursery that may hold refs of young objects since the last minor collection, two elements
     * each: object ref, and offset of the card in the object, or {@link #WHOLE_OBJECT}. Some of them
     * are listed for their write marks only and hold no refs.
     *
     * @return the list.
     */
    public LongList remembered() {
        return remembered;
    }

    /**
     * Objects that the running transaction promoted and nobody else can reach. The first {@link #overflowCount()} have
     * the overflow flag; the others were made as committed objects.
     *
     * @return list of refs.
     */
    public ChunkedLongList fresh() {
        return fresh;
    }

    /**
     * Young objects outside the nursery.
     *
     * @return list of refs.
     */
    public LongList youngOutside() {
        return youngOutside;
    }

    /**
     * Fresh objects that the log entry being built carries, as some other view would not see them in the base.
     *
     * @return list of refs.
     */
    public LongList travelling() {
        return travelling;
    }

    /**
     * Where the running transaction can be rolled back to in part.
     *
     * @return the savepoints.
     */
    public Savepoints savepoints() {
        return savepoints;
    }

    /**
     * How many of the fresh objects have the overflow flag.
     *
     * @return the number.
     */
    public int overflowCount() {
        return overflowCount;
    }

    /** Collector only: all fresh objects so far have the overflow flag. */
    public void freshAreOverflow() {
        overflowCount = fresh.size();
    }

    /**
     * The collector's part for this segment.
     *
     * @return its collector.
     */
    public SegmentCollector collector() {
        return collector;
    }

    /**
     * Set once, before any mutator runs here.
     *
     * @param segmentCollector to serve this segment.
     */
    public void collector(final SegmentCollector segmentCollector) {
        collector = segmentCollector;
    }

    /**
     * Memory for entries that are committed here.
     *
     * @return the memory.
     */
    public LogMemory logMemory() {
        return logMemory;
    }

    /**
     * Sets the memory, once.
     *
     * @param value new value.
     */
    public void logMemory(final LogMemory value) {
        logMemory = value;
    }

    /**
     * Last log entry that this view has applied.
     *
     * @return its address.
     */
    public long lastEntry() {
        return lastEntry;
    }

    /**
     * Sets the entry that this view has applied last.
     *
     * @param value new value.
     */
    public void lastEntry(final long value) {
        lastEntry = value;
    }

    /**
     * Revision of this view; the control page has the published one.
     *
     * @return the revision.
     */
    public long viewRevision() {
        return viewRevision;
    }

    /**
     * Sets the revision of this view; to be published by the caller.
     *
     * @param value new value.
     */
    public void viewRevision(final long value) {
        viewRevision = value;
    }

    /**
     * Is a transaction running here?
     *
     * @return true between begin and end.
     */
    public boolean inTransaction() {
        return inTransaction;
    }

    /**
     * Sets whether a transaction is running here.
     *
     * @param value new value.
     */
    public void inTransaction(final boolean value) {
        inTransaction = value;
    }

    /**
     * Is the running transaction inevitable?
     *
     * @return true when it cannot abort.
     */
    public boolean inevitable() {
        return inevitable;
    }

    /**
     * Sets whether the running transaction is inevitable.
     *
     * @param value new value.
     */
    public void inevitable(final boolean value) {
        inevitable = value;
    }

    /**
     * Why somebody else rolled back the transaction that runs here while it stood still.
     *
     * @return the cause, null when it may go on.
     */
    public AbortCause doom() {
        return doom;
    }

    /**
     * Sets the cause for which the transaction was rolled back by somebody else.
     *
     * @param value new value.
     */
    public void doom(final AbortCause value) {
        doom = value;
    }

    /**
     * Who may begin here without asking.
     *
     * @return the owner or null.
     */
    public SegmentOwner owner() {
        return owner;
    }

    /**
     * Sets the owner; only by who holds the run state.
     *
     * @param value new value.
     */
    public void owner(final SegmentOwner value) {
        if (owner != value) {
            endWatch();
        }
        owner = value;
    }

    /**
     * Who waits for a change of what the last transaction here has read.
     *
     * @return the watch, or null.
     */
    public Watch watch() {
        return watch;
    }

    /**
     * Sets who waits; only by who holds the run state.
     *
     * @param value new value.
     */
    public void watch(final Watch value) {
        watch = value;
    }

    /** What was read here will not be known any more; only by who holds the run state. */
    public void endWatch() {
        if (watch != null) {
            watch.end();
            watch = null;
        }
    }

    /**
     * A slice is about to be written that is new in the write set.
     *
     * @param granuleRef ref of the object, or of the card's first byte.
     */
    void sliceWritten(final long granuleRef) {
        // Nobody has asked.
    }

    /**
     * An entry with what was written here is about to be published.
     *
     * @param entry address.
     */
    public void publishing(final long entry) {
        // Nobody has asked.
    }

    /**
     * An entry wrote what is marked as read here.
     *
     * @param granuleRef ref of the object, or of the card's first byte.
     * @param entry      address.
     */
    public void conflictFound(final long granuleRef, final long entry) {
        // Nobody has asked.
    }

    /**
     * Handed to an owner that has not come for it yet? Guarded by the segment pool.
     *
     * @return true when it must not be taken over.
     */
    public boolean reserved() {
        return reserved;
    }

    /**
     * Sets whether the segment waits for its new owner.
     *
     * @param value new value.
     */
    public void reserved(final boolean value) {
        reserved = value;
    }

    /**
     * When the owner got it, in the time of {@link System#nanoTime()}.
     *
     * @return nanoseconds.
     */
    public long ownedSinceNanos() {
        return ownedSinceNanos;
    }

    /**
     * Sets when the owner got it.
     *
     * @param value new value.
     */
    public void ownedSinceNanos(final long value) {
        ownedSinceNanos = value;
    }

    /**
     * Bytes allocated outside the nursery since the last minor collection.
     *
     * @return bytes.
     */
    public long youngOutsideBytes() {
        return youngOutsideBytes;
    }

    /**
     * A young object was allocated outside the nursery.
     *
     * @param bytes its size.
     */
    public void addedYoungOutside(final long bytes) {
        youngOutsideBytes += bytes;
    }

    /** A minor collection is done. */
    public void youngCollected() {
        youngOutside.clear();
        youngOutsideBytes = 0;
    }

    /**
     * Is there an object younger than the last minor collection?
     *
     * @return true when a minor collection would find something.
     */
    public boolean hasYoung() {
        return !nursery().isEmpty() || !youngOutside.isEmpty();
    }

    /**
     * Slow path of the write barrier for a whole object. Of an object with several cards it covers the first, which
     * has all fixed fields.
     *
     * @param ref of an object with the barrier flag.
     */
    public void writeBarrierSlowPath(final long ref) {
        final ObjectLayout layout = layoutOf(ref);
        final int bytes = layout.simpleBytes();
        if (bytes != 0 && flagsOf(ref) == WRITE_BARRIER && !savepoints.isActive() && !serial) {
            writeSimple(ref, bytes, layout);
        } else {
            writeAny(ref);
        }
    }

    /** The first write of the transaction to most objects. */
    private void writeSimple(final long ref, final int bytes, final ObjectLayout layout) {
        ensurePrivate(ref, bytes);
        markers.mark(ref);
        writeSet.saveSimple(base, ref, bytes);
        sliceWritten(ref);
        if (layout.hasRefs()) {
            remembered.add(ref);
            remembered.add(WHOLE_OBJECT);
        }
        Memory.putByte(base + ref + ObjectHeader.FLAGS_OFFSET, (byte) IN_WRITE_SET);
    }

    private void writeAny(final long ref) {
        final int flags = flagsOf(ref);
        final long bytes = sizeOf(ref);
        final ObjectLayout layout = layoutOf(ref);
        if ((flags & MULTI_CARD) != 0) {
            writeOneOfManyCards(ref, 0, bytes, flags, layout);
            return;
        }
        int cleared = flags & ~WRITE_BARRIER;
        final boolean known = (flags & IN_WRITE_SET) != 0;
        if ((flags & OVERFLOW) != 0) {
            ensureStorable(ref, bytes);
            savepoints.saveOverflowObject(ref, bytes);
        } else if (!serial && (!known || savepoints.mustSaveAgain(ref))) {
            addToWriteSet(ref, bytes, layout.conflictRule(), known);
            cleared |= IN_WRITE_SET;
        }
        if (layout.hasRefs() || known || (flags & OVERFLOW) != 0) {
            remembered.add(ref);
            remembered.add(WHOLE_OBJECT);
        }
        Memory.putByte(base + ref + ObjectHeader.FLAGS_OFFSET, (byte) cleared);
    }

    /**
     * Slow path of the write barrier of an object with variable part.
     *
     * @param ref        of an object with the barrier flag.
     * @param byteOffset in the object that is about to be written.
     */
    public void writeCardBarrierSlowPath(final long ref, final long byteOffset) {
        final int flags = flagsOf(ref);
        if ((flags & MULTI_CARD) == 0) {
            writeBarrierSlowPath(ref);
        } else {
            writeOneOfManyCards(ref, byteOffset & ~(long) CARD_MASK, sizeOf(ref), flags, layoutOf(ref));
        }
    }

    private void addToWriteSet(final long ref, final long bytes, final ConflictRule rule, final boolean known) {
        ensurePrivate(ref, bytes);
        if (rule == ConflictRule.NORMAL) {
            markers.mark(ref);
        }
        final int from = writeSet.size();
        writeSet.saveObject(base, ref, bytes, rule);
        sliceWritten(ref);
        savepoints.appended(from, known);
    }

    private void writeOneOfManyCards(
        final long ref, final long cardOffset, final long bytes, final int flags, final ObjectLayout layout) {
        final long cardRef = ref + cardOffset;
        final byte mark = cardMark(cardRef);
        if (mark == CARD_REMEMBERED) {
            return;
        }
        final int cardBytes = (int) Math.min(BYTES_IN_CARD, bytes - cardOffset);
        final boolean known = mark == CARD_WRITTEN;
        if ((flags & OVERFLOW) != 0) {
            ensureStorable(cardRef, cardBytes);
            savepoints.saveOverflowCard(cardRef, cardBytes, cardOffset == 0);
        } else if (!serial && (!known || savepoints.mustSaveAgain(cardRef))) {
            ensurePrivate(cardRef, cardBytes);
            if (layout.conflictRule() == ConflictRule.NORMAL) {
                markers.mark(cardRef);
            }
            final int from = writeSet.size();
            writeSet.saveCard(base, cardRef, cardBytes, cardOffset == 0, layout.conflictRule());
            sliceWritten(cardRef);
            savepoints.appended(from, known);
        }
        if (layout.hasRefs() || serial || known || (flags & OVERFLOW) != 0) {
            remembered.add(ref);
            remembered.add(cardOffset);
        }
        Memory.putByte(cardMarkAddress(cardRef), CARD_REMEMBERED);
    }

    /**
     * When there is nothing young: the next store into each remembered slice takes the slow path again. The collector
     * calls this after each minor collection.
     */
    public void rearmRemembered() {
        final long[] elements = remembered.array();
        for (int i = 0; i < remembered.size(); i += 2) {
            final long ref = elements[i];
            final long cardOffset = elements[i + 1];
            if (cardOffset == WHOLE_OBJECT) {
                final long flagsAddress = base + ref + ObjectHeader.FLAGS_OFFSET;
                Memory.putByte(flagsAddress, (byte) (Memory.getByte(flagsAddress) | WRITE_BARRIER));
            } else {
                final boolean inWriteSet = !serial && (flagsOf(ref) & OVERFLOW) == 0;
                Memory.putByte(cardMarkAddress(ref + cardOffset), inWriteSet ? CARD_WRITTEN : CARD_CLEAN);
            }
        }
        remembered.clear();
    }

    /**
     * Major collector only: forgets remembered slices of objects that are about to be freed.
     *
     * @param alive tells which ones live on.
     */
    public void retainRemembered(final LongPredicate alive) {
        int kept = 0;
        for (int i = 0; i < remembered.size(); i += 2) {
            final long ref = remembered.get(i);
            final long cardOffset = remembered.get(i + 1);
            if (alive.test(ref)) {
                remembered.set(kept++, ref);
                remembered.set(kept++, cardOffset);
            } else if (cardOffset != WHOLE_OBJECT) {
                Memory.putByte(cardMarkAddress(ref + cardOffset), CARD_CLEAN);
            }
        }
        remembered.truncate(kept);
    }

    /** Puts back what was stored since the newest savepoint. */
    public void undoToSavepoint() {
        savepoints.undo();
    }

    /** What was allocated since the newest savepoint has been freed: forgets it, and the savepoint. */
    public void leaveSavepoint() {
        fresh.truncate(savepoints.freshCount());
        overflowCount = Math.min(overflowCount, fresh.size());
        youngCollected();
        savepoints.leave();
    }

    /** The transaction is over: restores the barrier of everything it wrote, forgets its lists. */
    public void endTransaction() {
        for (int i = 0; i < writeSet.size(); i++) {
            final long slice = writeSet.slice(i);
            final long ref = WriteSet.refOf(slice);
            if (WriteSet.is(slice, WriteSet.CARD)) {
                Memory.putByte(cardMarkAddress(ref), CARD_CLEAN);
            } else if (WriteSet.is(slice, WriteSet.HEADER)) {
                final long flagsAddress = base + ref + ObjectHeader.FLAGS_OFFSET;
                Memory.putByte(flagsAddress, (byte) (Memory.getByte(flagsAddress) & ~IN_WRITE_SET | WRITE_BARRIER));
            }
        }
        for (int i = 0; i < remembered.size(); i += 2) {
            if (remembered.get(i + 1) != WHOLE_OBJECT) {
                Memory.putByte(cardMarkAddress(remembered.get(i) + remembered.get(i + 1)), CARD_CLEAN);
            }
        }
        settleDirectRanges();
        writeSet.clear();
        savepoints.clear();
        remembered.clear();
        fresh.clear();
        youngOutside.clear();
        overflowCount = 0;
        youngOutsideBytes = 0;
    }

    /** Frees what the segment holds outside the reservation. */
    public void close() {
        logMemory.close();
        markers.close();
    }

    @Override
    public String toString() {
        return "segment " + index();
    }
}

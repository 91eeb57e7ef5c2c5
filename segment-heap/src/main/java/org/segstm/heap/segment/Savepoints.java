package org.segstm.heap.segment;

import org.segstm.bridge.Memory;
import org.segstm.heap.layout.ConflictRule;
import org.segstm.heap.layout.ObjectHeader;
import org.segstm.heap.tx.WriteSet;
import org.segstm.heap.util.LongList;

import static org.segstm.heap.layout.ObjectHeader.IN_WRITE_SET;
import static org.segstm.heap.layout.ObjectHeader.LOG_BYTES_IN_WORD;
import static org.segstm.heap.layout.ObjectHeader.WRITE_BARRIER;

/**
 * States that the running transaction can return to without being rolled back as a whole, the newest last. At a
 * savepoint the nursery is empty and everything outside it has its write barrier armed, so the first store into
 * anything comes along here, and its words are saved for this level: those of old objects in the write set itself, a
 * second time where an outer level has saved them; those of objects that the transaction promoted in a list of their
 * own. All saved words are of a moment when nothing outside the nursery referred to a young object.
 *
 * <p>Who writes nothing since the last savepoint pays for nothing at the next one.
 */
public final class Savepoints {
    private final Segment segment;
    private final UndoLevels written;
    private final WriteSet overflowSlices = new WriteSet();
    private final UndoLevels overflow = new UndoLevels(overflowSlices);
    private final LongList freshCounts = new LongList();
    /** Slices that inner levels wrote and outer ones have saved already. */
    private final LongList disarmed = new LongList();
    /** Slices of the write set before this index are armed, or remembered, or in the list above. */
    private int armed;
    private boolean active;

    Savepoints(final Segment segment) {
        this.segment = segment;
        this.written = new UndoLevels(segment.writeSet());
    }

    /**
     * How many savepoints there are.
     *
     * @return 0 outside of nested blocks.
     */
    public int depth() {
        return written.depth();
    }

    /**
     * Slices of promoted objects that were written since a savepoint, and their words from before; some twice.
     *
     * @return the slices.
     */
    public WriteSet overflowSlices() {
        return overflowSlices;
    }

    /**
     * Number of fresh objects at the newest savepoint.
     *
     * @return the number.
     */
    public int freshCount() {
        return (int) freshCounts.get(freshCounts.size() - 1);
    }

    /** Makes a savepoint. There is no young object. */
    public void enter() {
        segment.rearmRemembered();
        final WriteSet writeSet = segment.writeSet();
        for (int i = armed; i < writeSet.size(); i++) {
            arm(writeSet.slice(i));
        }
        armed = writeSet.size();
        armDisarmed();
        active = true;
        written.enter();
        overflow.enter();
        freshCounts.add(segment.fresh().size());
    }

    private void armDisarmed() {
        for (int i = 0; i < disarmed.size(); i++) {
            arm(disarmed.get(i));
        }
        disarmed.clear();
    }

    private void arm(final long slice) {
        final long ref = WriteSet.refOf(slice);
        if (WriteSet.is(slice, WriteSet.CARD)) {
            Memory.putByte(segment.cardMarkAddress(ref), View.CARD_WRITTEN);
        } else if (WriteSet.is(slice, WriteSet.HEADER)) {
            setFlags(ref, 0, WRITE_BARRIER);
        }
    }

    /** Forgets the newest savepoint; what was done since then belongs to the level around it. */
    public void merge() {
        armed = Math.min(armed, written.start());
        written.merge(true, slice -> {
            if (!WriteSet.is(slice, WriteSet.REST)) {
                disarmed.add(slice);
            }
        });
        overflow.merge(false, slice -> { });
        leave();
    }

    /** Puts back what was stored since the newest savepoint; the caller frees what was allocated, then leaves. */
    void undo() {
        segment.rearmRemembered();
        // Some may have been saved first by the level that ends, and become clean below.
        armDisarmed();
        final WriteSet writeSet = segment.writeSet();
        int savedIndex = writeSet.savedWordCount();
        for (int i = writeSet.size() - 1; i >= written.start(); i--) {
            final long slice = writeSet.slice(i);
            final long ref = WriteSet.refOf(slice);
            savedIndex -= WriteSet.wordsOf(slice);
            writeSet.putBackSlice(slice, savedIndex, segment.base() + ref);
            if (!written.isFirstSave(i)) {
                arm(slice);
            } else if (WriteSet.is(slice, WriteSet.CARD)) {
                Memory.putByte(segment.cardMarkAddress(ref), View.CARD_CLEAN);
            } else if (WriteSet.is(slice, WriteSet.HEADER)) {
                setFlags(ref, IN_WRITE_SET, WRITE_BARRIER);
            }
        }
        armed = Math.min(armed, written.start());
        written.forget();
        savedIndex = overflowSlices.savedWordCount();
        for (int i = overflowSlices.size() - 1; i >= overflow.start(); i--) {
            final long slice = overflowSlices.slice(i);
            final long ref = WriteSet.refOf(slice);
            final int words = WriteSet.wordsOf(slice);
            savedIndex -= words;
            final long view = segment.freshBase(ref, (long) words << LOG_BYTES_IN_WORD);
            overflowSlices.putBackSlice(slice, savedIndex, view + ref);
        }
        overflow.forget();
    }

    void leave() {
        freshCounts.removeLast();
        active = !freshCounts.isEmpty();
    }

    boolean isActive() {
        return active;
    }

    /** Must an old object, or a card, of which an outer level may know be saved by the newest level? */
    boolean mustSaveAgain(final long ref) {
        return active && !written.isSaved(ref);
    }

    /** Slices of an object, or a card, were appended to the write set. */
    void appended(final int from, final boolean known) {
        if (active) {
            written.appended(from, known);
        }
    }

    /** A promoted object is about to be written. */
    void saveOverflowObject(final long ref, final long bytes) {
        if (active && !overflow.isSaved(ref)) {
            final int from = overflowSlices.size();
            overflowSlices.saveObject(segment.base(), ref, bytes, ConflictRule.NORMAL);
            overflow.appended(from, false);
        }
    }

    /** A card of a promoted object is about to be written. */
    void saveOverflowCard(final long cardRef, final int bytes, final boolean first) {
        if (active && !overflow.isSaved(cardRef)) {
            final int from = overflowSlices.size();
            overflowSlices.saveCard(segment.base(), cardRef, bytes, first, ConflictRule.NORMAL);
            overflow.appended(from, false);
        }
    }

    /** The transaction is over. */
    void clear() {
        armed = 0;
        if (!disarmed.isEmpty()) {
            disarmed.clear();
        }
        if (active) {
            active = false;
            written.clear();
            overflow.clear();
            overflowSlices.clear();
            freshCounts.clear();
        }
    }

    private void setFlags(final long ref, final int clear, final int set) {
        final long address = segment.base() + ref + ObjectHeader.FLAGS_OFFSET;
        Memory.putByte(address, (byte) (Memory.getByte(address) & ~clear | set));
    }
}

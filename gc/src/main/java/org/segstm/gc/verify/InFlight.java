package org.segstm.gc.verify;

import org.segstm.bridge.Memory;
import org.segstm.gc.space.RefSet;
import org.segstm.heap.layout.ConflictRule;
import org.segstm.heap.layout.ObjectHeader;
import org.segstm.heap.layout.ObjectLayout;
import org.segstm.heap.segment.ControlPage;
import org.segstm.heap.segment.Segment;
import org.segstm.heap.tx.WriteSet;
import org.segstm.heap.util.LongList;

import java.util.HashMap;
import java.util.Map;

import static org.segstm.heap.layout.ObjectHeader.LOG_BYTES_IN_WORD;

/** The running transaction of a segment: its own objects, and what it wrote. */
final class InFlight {
    private final Segment segment;
    private final RefSet fresh;
    private final RefSet youngOutside;
    private final RefSet remembered = new RefSet();
    private final RefSet youngStarts = new RefSet();
    private final LongList youngRefs = new LongList();
    private final LongList writtenObjects = new LongList();
    private final RefSet written = new RefSet();
    private final Map<Long, ConflictRule> rules = new HashMap<>();
    private final Map<Long, Long> savedWords = new HashMap<>();

    InFlight(final Segment segment) {
        this.segment = segment;
        fresh = Uncommitted.setOf(segment.fresh(), 0, 1);
        youngOutside = Uncommitted.setOf(segment.youngOutside(), 0, 1);
        final LongList slices = segment.remembered();
        for (int i = 0; i < slices.size(); i += 2) {
            if (slices.get(i + 1) == Segment.WHOLE_OBJECT) {
                remembered.add(slices.get(i));
            }
        }
        readWriteSet();
        parseNursery();
    }

    private void readWriteSet() {
        final WriteSet writeSet = segment.writeSet();
        int savedIndex = 0;
        for (int i = 0; i < writeSet.size(); i++) {
            final long slice = writeSet.slice(i);
            final long sliceRef = WriteSet.refOf(slice);
            if (!WriteSet.is(slice, WriteSet.REST)) {
                written.add(sliceRef);
                rules.put(sliceRef, ruleOf(slice));
            }
            if (WriteSet.is(slice, WriteSet.HEADER)) {
                writtenObjects.add(sliceRef);
            }
            final int words = WriteSet.wordsOf(slice);
            for (int w = WriteSet.firstDataWord(slice); w < words; w++) {
                savedWords.putIfAbsent(
                    sliceRef + ((long) w << LOG_BYTES_IN_WORD), writeSet.savedWords()[savedIndex + w]);
            }
            savedIndex += words;
        }
    }

    /** Young objects lie one after the other. */
    private void parseNursery() {
        final long end = Memory.getLong(segment.control() + ControlPage.NURSERY_POSITION_OFFSET);
        long ref = segment.nursery().youngStart();
        if (ref < segment.map().nurseryStart() || ref > end || end > segment.map().nurseryEnd()) {
            throw new HeapVerificationException("nursery of segment " + segment.index() + ": from 0x"
                + Long.toHexString(ref) + " to 0x" + Long.toHexString(end) + " is not a part of " + segment.map());
        }
        while (ref < end) {
            youngStarts.add(ref);
            youngRefs.add(ref);
            ref += youngSize(ref, end);
        }
    }

    private long youngSize(final long ref, final long end) {
        final ObjectLayout layout =
            segment.layouts().find(Memory.getInt(segment.base() + ref + ObjectHeader.LAYOUT_ID_OFFSET));
        String problem = layout == null ? "header without a registered layout" : null;
        if (layout != null) {
            final long size = segment.sizeOf(ref);
            if (size >= ObjectHeader.MINIMUM_OBJECT_LENGTH && size <= end - ref) {
                return size;
            }
            problem = layout + " ends outside the nursery: bytes=" + size;
        }
        throw new HeapVerificationException("young objects of segment " + segment.index() + "[0x"
            + Long.toHexString(ref) + "]: " + problem);
    }

    Segment segment() {
        return segment;
    }

    /** Promoted by this transaction. */
    boolean isFresh(final long ref) {
        return fresh.contains(ref);
    }

    boolean isYoungOutside(final long ref) {
        return youngOutside.contains(ref);
    }

    /** In the nursery, at the start of an object. */
    boolean isYoungStart(final long ref) {
        return youngStarts.contains(ref);
    }

    /** Listed as a whole among what a minor collection has to look at. */
    boolean isRemembered(final long ref) {
        return remembered.contains(ref);
    }

    /** In the write set: an object, or a card with marks of its own. */
    boolean isWritten(final long ref) {
        return written.contains(ref);
    }

    /** By what rule a written object, or card, is treated; null when all is as it should be. */
    String problemOfRule(final long ref, final ObjectLayout layout) {
        final ConflictRule rule = rules.get(ref);
        if (rule != layout.conflictRule()) {
            return "in the write set by the rule " + rule + ", but its layout has " + layout.conflictRule();
        }
        return rule == ConflictRule.NORMAL && !segment.markers().isMarked(ref)
            ? "in the write set, but not marked as read" : null;
    }

    private static ConflictRule ruleOf(final long slice) {
        return WriteSet.is(slice, WriteSet.COUNTER) ? ConflictRule.COUNTER
            : WriteSet.is(slice, WriteSet.NO_CONFLICT) ? ConflictRule.NO_CONFLICT : ConflictRule.NORMAL;
    }

    LongList youngRefs() {
        return youngRefs;
    }

    /** Objects in the write set, as far as their header is. */
    LongList writtenObjects() {
        return writtenObjects;
    }

    /** What a word held before this transaction, its first save; null when it has not written it. */
    Long savedWord(final long wordRef) {
        return savedWords.get(wordRef);
    }
}

package org.segstm.heap.tx;

import org.segstm.bridge.Memory;
import org.segstm.heap.HeapContext;
import org.segstm.heap.layout.ObjectHeader;
import org.segstm.heap.log.LogEntry;
import org.segstm.heap.segment.Segment;
import org.segstm.heap.sharing.PageTable;
import org.segstm.heap.util.ChunkedLongList;
import org.segstm.heap.util.LongList;

import static org.segstm.heap.layout.ObjectHeader.BYTES_IN_WORD;
import static org.segstm.heap.layout.ObjectHeader.LOG_BYTES_IN_WORD;

/**
 * Builds the log entry of a transaction: the changed words of its write set, found by comparing with the saved ones,
 * and those fresh objects that some other view would not see in the base.
 */
final class EntryBuilder {
    private EntryBuilder() {
    }

    /**
     * Completes fresh objects in the base: those in units that the committer holds privately are copied there. From
     * then on a segment that makes one of these units private gets them with the copy.
     *
     * @return size of the largest one.
     */
    static long completeFreshObjects(final Segment segment, final long sharedBase) {
        clearOverflowFlags(segment);
        final ChunkedLongList fresh = segment.fresh();
        final PageTable pages = segment.pages();
        long largest = 0;
        for (int i = 0; i < fresh.size(); i++) {
            final long ref = fresh.get(i);
            final long bytes = segment.sizeOf(ref);
            largest = Math.max(largest, bytes);
            final long end = ref + bytes;
            long from = ref;
            while (from < end) {
                final long unit = pages.unitOf(from);
                final long to = Math.min(end, pages.refOf(unit + 1));
                if (pages.isPrivate(unit, segment.bit())) {
                    Memory.copyWords(segment.base() + from, sharedBase + from, to - from);
                }
                from = to;
            }
        }
        return largest;
    }

    /** Overflow objects become plain old ones. */
    static void clearOverflowFlags(final Segment segment) {
        for (int i = 0; i < segment.overflowCount(); i++) {
            changeFlags(segment, segment.fresh().get(i), ObjectHeader.OVERFLOW, ObjectHeader.WRITE_BARRIER);
        }
    }

    /** The commit has failed, and the transaction may go on: what was made ready to publish belongs to it alone. */
    static void setOverflowFlags(final Segment segment) {
        final ChunkedLongList fresh = segment.fresh();
        for (int i = 0; i < fresh.size(); i++) {
            changeFlags(segment, fresh.get(i), 0, ObjectHeader.OVERFLOW | ObjectHeader.WRITE_BARRIER);
        }
        segment.freshAreOverflow();
    }

    private static void changeFlags(final Segment segment, final long ref, final int clear, final int set) {
        final long flagsAddress = segment.freshBase(ref, segment.sizeOf(ref)) + ref + ObjectHeader.FLAGS_OFFSET;
        Memory.putByte(flagsAddress, (byte) (Memory.getByte(flagsAddress) & ~clear | set));
    }

    /**
     * Writes the entry. The caller has completed the fresh objects; a full fence lies between.
     *
     * @return bytes of the entry, or {@link LogEntry#RECORDS_OFFSET} when there is nothing that others need.
     */
    static long build(final Segment segment) {
        final long travelling = chooseTravelling(segment);
        final WriteSet writeSet = segment.writeSet();
        final long most = LogEntry.RECORDS_OFFSET + travelling
            + (2L * writeSet.size() + writeSet.savedWordCount()) * BYTES_IN_WORD;
        final long entry = segment.logMemory().reserve(most);
        long address = appendChangedWords(segment, entry + LogEntry.RECORDS_OFFSET);
        address = appendTravelling(segment, address);
        if (HeapContext.isChecked() && address - entry > most) {
            throw new IllegalStateException("a log entry has at most the bytes that were reserved for it: bytes="
                + (address - entry) + " reserved=" + most);
        }
        Memory.putLong(entry + LogEntry.NEXT_OFFSET, 0);
        Memory.putLong(entry + LogEntry.RECORD_BYTES_OFFSET, address - entry - LogEntry.RECORDS_OFFSET);
        return address - entry;
    }

    private static long appendChangedWords(final Segment segment, final long start) {
        final WriteSet writeSet = segment.writeSet();
        final long[] saved = writeSet.savedWords();
        long address = start;
        int savedIndex = 0;
        long unrecordedHead = 0;
        for (int i = 0; i < writeSet.size(); i++) {
            final long slice = writeSet.slice(i);
            final long ref = WriteSet.refOf(slice);
            final int words = WriteSet.wordsOf(slice);
            final long source = segment.base() + ref;
            final boolean counter = WriteSet.is(slice, WriteSet.COUNTER);
            int mask = 0;
            long target = address + BYTES_IN_WORD;
            for (int w = WriteSet.firstDataWord(slice); w < words; w++) {
                final long word = Memory.getLong(source + ((long) w << LOG_BYTES_IN_WORD));
                if (word != saved[savedIndex + w]) {
                    mask |= 1 << w;
                    Memory.putLong(target, counter ? word - saved[savedIndex + w] : word);
                    target += BYTES_IN_WORD;
                }
            }
            savedIndex += words;
            final boolean rest = WriteSet.is(slice, WriteSet.REST);
            if (mask == 0) {
                unrecordedHead = rest ? unrecordedHead : WriteSet.is(slice, WriteSet.NO_CONFLICT) ? 0 : ref;
                continue;
            }
            if (rest && unrecordedHead != 0) {
                // The object's read marker is that of its first slice: a record without words stands for it.
                for (long word = target - BYTES_IN_WORD; word > address; word -= BYTES_IN_WORD) {
                    Memory.putLong(word + BYTES_IN_WORD, Memory.getLong(word));
                }
                Memory.putLong(address, LogEntry.record(unrecordedHead, 0, LogEntry.KIND_CHECKED));
                address += BYTES_IN_WORD;
                target += BYTES_IN_WORD;
            }
            unrecordedHead = 0;
            Memory.putLong(address, LogEntry.record(ref, mask, kindOf(slice)));
            address = target;
        }
        return address;
    }

    private static int kindOf(final long slice) {
        final boolean rest = WriteSet.is(slice, WriteSet.REST);
        if (WriteSet.is(slice, WriteSet.NO_CONFLICT)) {
            return LogEntry.KIND_NO_CONFLICT;
        }
        if (WriteSet.is(slice, WriteSet.COUNTER)) {
            return rest ? LogEntry.KIND_COUNTER_REST : LogEntry.KIND_COUNTER;
        }
        return rest ? LogEntry.KIND_UNCHECKED : LogEntry.KIND_CHECKED;
    }

    /**
     * Fresh objects that some other view would not see in the base. Decided once: who makes a unit private later copies
     * the completed objects with it.
     */
    private static long chooseTravelling(final Segment segment) {
        final ChunkedLongList fresh = segment.fresh();
        final LongList travelling = segment.travelling();
        travelling.clear();
        long bytes = 0;
        for (int i = 0; i < fresh.size(); i++) {
            final long ref = fresh.get(i);
            final long size = segment.sizeOf(ref);
            if (isPrivateElsewhere(segment, ref, size)) {
                travelling.add(ref);
                bytes += 2 * BYTES_IN_WORD + size;
            }
        }
        return bytes;
    }

    private static long appendTravelling(final Segment segment, final long start) {
        final LongList travelling = segment.travelling();
        long address = start;
        for (int i = 0; i < travelling.size(); i++) {
            final long ref = travelling.get(i);
            final long size = segment.sizeOf(ref);
            Memory.putLong(address, LogEntry.record(ref, 0, LogEntry.KIND_FRESH));
            Memory.putLong(address + BYTES_IN_WORD, size);
            Memory.copyWords(segment.base() + ref, address + 2 * BYTES_IN_WORD, size);
            address += 2 * BYTES_IN_WORD + size;
        }
        return address;
    }

    private static boolean isPrivateElsewhere(final Segment segment, final long ref, final long bytes) {
        final PageTable pages = segment.pages();
        final long last = pages.unitOf(ref + bytes - 1);
        long holders = 0;
        for (long unit = pages.unitOf(ref); unit <= last; unit++) {
            holders |= pages.holders(unit);
        }
        return (holders & ~segment.bit()) != 0;
    }
}

package org.segstm.heap.tx;

import org.segstm.bridge.Memory;
import org.segstm.heap.log.LogEntry;
import org.segstm.heap.segment.Segment;

import static org.segstm.heap.layout.ObjectHeader.BYTES_IN_WORD;
import static org.segstm.heap.layout.ObjectHeader.LOG_BYTES_IN_WORD;

/**
 * What becomes of words that several transactions change without conflict. Where the running transaction has written
 * the same slice, there are two words: the saved one, which is the committed one, and the view's, with its own changes.
 *
 * <pre>
 *                 saved           view
 *  no conflict    new word        new word where it was equal to the saved one, else left alone
 *  counter        + delta         + delta
 * </pre>
 *
 * <p>The difference between the two words of a counter, which is what the transaction will publish, stays what it was.
 */
final class Merging {
    private Merging() {
    }

    /**
     * Applies a record of counters or of an object without conflicts.
     *
     * @param segment      whose view moves.
     * @param record       first word of the record.
     * @param wordsAddress of its words.
     */
    static void apply(final Segment segment, final long record, final long wordsAddress) {
        final long ref = LogEntry.refOf(record);
        final boolean counter = LogEntry.isCounter(record);
        final int mask = LogEntry.maskOf(record);
        final int highest = Integer.SIZE - 1 - Integer.numberOfLeadingZeros(mask);
        segment.ensurePrivate(ref, (long) (highest + 1) << LOG_BYTES_IN_WORD);
        final WriteSet writeSet = segment.writeSet();
        final int savedIndex = writeSet.mergeableIndex(ref);
        final long[] saved = writeSet.savedWords();
        if (savedIndex >= 0 && !counter) {
            writeSet.merged();
        }
        long source = wordsAddress;
        for (int bits = mask; bits != 0; bits &= bits - 1) {
            final int word = Integer.numberOfTrailingZeros(bits);
            final long address = segment.base() + ref + ((long) word << LOG_BYTES_IN_WORD);
            final long old = Memory.getLong(address);
            final long published = Memory.getLong(source);
            final long merged = counter ? old + published : published;
            if (savedIndex < 0) {
                Memory.putLong(address, merged);
            } else {
                final long committed = saved[savedIndex + word];
                saved[savedIndex + word] = counter ? committed + published : published;
                if (counter || old == committed) {
                    Memory.putLong(address, merged);
                }
            }
            source += BYTES_IN_WORD;
        }
    }

    /**
     * An entry was published after the view had moved over others that wrote the same objects without conflict: where
     * the view has taken in their words it gets those of the entry, as all views do.
     *
     * @param segment of the committer.
     * @param entry   that it has published.
     */
    static void publish(final Segment segment, final long entry) {
        long address = entry + LogEntry.RECORDS_OFFSET;
        final long end = address + Memory.getLong(entry + LogEntry.RECORD_BYTES_OFFSET);
        while (address < end) {
            final long record = Memory.getLong(address);
            if (LogEntry.kindOf(record) == LogEntry.KIND_NO_CONFLICT) {
                long source = address + BYTES_IN_WORD;
                for (int bits = LogEntry.maskOf(record); bits != 0; bits &= bits - 1) {
                    final long offset = (long) Integer.numberOfTrailingZeros(bits) << LOG_BYTES_IN_WORD;
                    Memory.putLong(segment.base() + LogEntry.refOf(record) + offset, Memory.getLong(source));
                    source += BYTES_IN_WORD;
                }
            }
            address = Importer.nextRecord(address, record);
        }
    }
}

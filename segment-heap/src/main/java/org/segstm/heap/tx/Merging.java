package org.segstm.heap.tx;

import org.segstm.bridge.Memory;
import org.segstm.heap.log.LogEntry;
import org.segstm.heap.segment.Segment;
import org.segstm.heap.util.LongList;

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
 * In nested blocks there may be several saved words; each is treated like the view's.
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
        final LongList copies = writeSet.mergeableCopies(ref);
        if (!copies.isEmpty() && !counter) {
            writeSet.merged();
        }
        final long[] saved = writeSet.savedWords();
        long source = wordsAddress;
        for (int bits = mask; bits != 0; bits &= bits - 1) {
            final int word = Integer.numberOfTrailingZeros(bits);
            final long address = segment.base() + ref + ((long) word << LOG_BYTES_IN_WORD);
            final long published = Memory.getLong(source);
            if (counter) {
                addTo(saved, copies, word, published);
                Memory.putLong(address, Memory.getLong(address) + published);
            } else if (copies.isEmpty() || replace(saved, copies, word, published, Memory.getLong(address))) {
                Memory.putLong(address, published);
            }
            source += BYTES_IN_WORD;
        }
    }

    private static void addTo(final long[] saved, final LongList copies, final int word, final long delta) {
        for (int i = 0; i < copies.size(); i++) {
            saved[(int) copies.get(i) + word] += delta;
        }
    }

    /** The oldest copy is the committed word. Says whether the view's was that, too. */
    private static boolean replace(
        final long[] saved, final LongList copies, final int word, final long published, final long viewed) {
        final long committed = saved[(int) copies.get(0) + word];
        for (int i = 0; i < copies.size(); i++) {
            final int index = (int) copies.get(i) + word;
            if (saved[index] == committed) {
                saved[index] = published;
            }
        }
        return viewed == committed;
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

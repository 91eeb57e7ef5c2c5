package org.segstm.heap.tx;

import org.segstm.bridge.Memory;
import org.segstm.heap.HeapContext;
import org.segstm.heap.log.CommitLog;
import org.segstm.heap.log.LogEntry;
import org.segstm.heap.segment.ReadMarkers;
import org.segstm.heap.segment.Segment;
import org.segstm.heap.sharing.PageTable;

import static org.segstm.heap.layout.ObjectHeader.BYTES_IN_WORD;
import static org.segstm.heap.layout.ObjectHeader.LOG_BYTES_IN_WORD;

/** Moves a view along the commit log: validates entries against the read markers, then applies them. */
public final class Importer {
    private static final boolean CHECKED = HeapContext.isChecked();
    private final CommitLog log;

    /**
     * Makes the importer of a heap.
     *
     * @param log of the heap.
     */
    public Importer(final CommitLog log) {
        this.log = log;
    }

    /**
     * Applies all entries that a view has not seen. The view is that of a committed state at every step; on a conflict
     * it stays at the last entry before the conflicting one, and so it does before one that cannot be made room for.
     *
     * @param segment  whose view to move; the caller holds its run state.
     * @param validate true when a transaction runs there, so that what it read or wrote must not have changed.
     * @return false when an entry wrote what the transaction has marked as read.
     * @throws org.segstm.heap.OutOfMappingsException when the system has none for a page that an entry wrote.
     */
    public boolean importEntries(final Segment segment, final boolean validate) {
        long entry = Memory.getLongAcquire(segment.lastEntry() + LogEntry.NEXT_OFFSET);
        if (CHECKED) {
            checkPlace(segment);
        }
        if (entry == 0 || entry == LogEntry.CLOSED) {
            return true;
        }
        boolean valid = true;
        do {
            if (CHECKED) {
                checkNext(segment, entry);
            }
            final long end = entry + LogEntry.RECORDS_OFFSET + Memory.getLong(entry + LogEntry.RECORD_BYTES_OFFSET);
            if (validate && conflicts(segment, entry, end)) {
                valid = false;
                break;
            }
            if (segment.mayFailToPrivatize()) {
                makePrivate(segment, entry);
            }
            apply(segment, entry, end);
            if (CHECKED) {
                checkNext(segment, entry);
            }
            segment.lastEntry(entry);
            segment.viewRevision(Memory.getLong(entry + LogEntry.REVISION_OFFSET));
            entry = Memory.getLongAcquire(entry + LogEntry.NEXT_OFFSET);
        } while (entry != 0 && entry != LogEntry.CLOSED);
        log.publishViewRevision(segment.index(), segment.viewRevision());
        return valid;
    }

    /**
     * Stores what is there already, so that the cache line with the {@code next} that the commit will compare and set
     * comes while the entry is being built.
     *
     * @param segment that commits an update, not alone.
     */
    void takeLineOfLastEntry(final Segment segment) {
        if (CHECKED) {
            checkLast(segment);
        }
        Memory.putLong(segment.lastEntry() + LogEntry.REVISION_OFFSET, segment.viewRevision());
    }

    /**
     * Did an entry write what a transaction has marked as read?
     *
     * @param segment that it runs in; it stands still.
     * @param entry   address.
     * @return true when it did.
     */
    boolean conflicts(final Segment segment, final long entry) {
        return conflicts(segment, entry, endOf(entry));
    }

    /**
     * Makes private what an entry will write, so that it can be imported without fail.
     *
     * @param segment whose view it is for.
     * @param entry   address.
     */
    void makePrivate(final Segment segment, final long entry) {
        final long end = endOf(entry);
        long address = entry + LogEntry.RECORDS_OFFSET;
        while (address < end) {
            final long record = Memory.getLong(address);
            final int mask = LogEntry.maskOf(record);
            if (mask != 0) {
                segment.ensurePrivate(LogEntry.refOf(record), bytesUpToLast(mask));
            }
            address = nextRecord(address, record);
        }
    }

    private static long endOf(final long entry) {
        return entry + LogEntry.RECORDS_OFFSET + Memory.getLong(entry + LogEntry.RECORD_BYTES_OFFSET);
    }

    private static long bytesUpToLast(final int mask) {
        return (long) (Integer.SIZE - Integer.numberOfLeadingZeros(mask)) << LOG_BYTES_IN_WORD;
    }

    /** Whose memory was given to a later entry leads astray. */
    private static void checkPlace(final Segment segment) {
        final long revision = Memory.getLong(segment.lastEntry() + LogEntry.REVISION_OFFSET);
        if (revision == LogEntry.FREED || revision > segment.viewRevision()) {
            throw freed(segment, "last entry", revision);
        }
    }

    private static void checkLast(final Segment segment) {
        final long revision = Memory.getLong(segment.lastEntry() + LogEntry.REVISION_OFFSET);
        if (revision != segment.viewRevision()) {
            throw freed(segment, "last entry", revision);
        }
    }

    private static void checkNext(final Segment segment, final long entry) {
        final long revision = entry == LogEntry.FREED ? entry : Memory.getLong(entry + LogEntry.REVISION_OFFSET);
        if (revision != segment.viewRevision() + 1) {
            throw freed(segment, "next entry", revision);
        }
    }

    private static void checkRecord(final Segment segment, final long record) {
        final long ref = LogEntry.refOf(record);
        if (LogEntry.kindOf(record) > LogEntry.KIND_FRESH || !segment.map().isPlausible(ref)
            || !segment.map().isOldSpace(ref)) {
            throw freed(segment, "entry with a record that is none, next entry", segment.viewRevision() + 1);
        }
    }

    private static IllegalStateException freed(final Segment segment, final String which, final long revision) {
        return new IllegalStateException("an entry of the log is kept while a view needs it, and revisions follow one "
            + "another: " + segment + " viewRevision=" + segment.viewRevision() + ", revision of the " + which + "="
            + (revision == LogEntry.FREED ? "freed" : Long.toString(revision)));
    }

    /**
     * Looks at all entries that a view has not seen, and applies none.
     *
     * @param segment that nobody runs in.
     * @return true when one of them wrote what is marked as read.
     */
    boolean conflictsWithNewer(final Segment segment) {
        long entry = Memory.getLongAcquire(segment.lastEntry() + LogEntry.NEXT_OFFSET);
        while (entry != 0 && entry != LogEntry.CLOSED) {
            final long end = entry + LogEntry.RECORDS_OFFSET + Memory.getLong(entry + LogEntry.RECORD_BYTES_OFFSET);
            if (conflicts(segment, entry, end)) {
                return true;
            }
            entry = Memory.getLongAcquire(entry + LogEntry.NEXT_OFFSET);
        }
        return false;
    }

    private static boolean conflicts(final Segment segment, final long entry, final long end) {
        final ReadMarkers markers = segment.markers();
        long address = entry + LogEntry.RECORDS_OFFSET;
        while (address < end) {
            final long record = Memory.getLong(address);
            if (CHECKED) {
                checkRecord(segment, record);
            }
            if (LogEntry.isChecked(record) && markers.isMarked(LogEntry.refOf(record))) {
                segment.conflictFound(LogEntry.refOf(record), entry);
                return true;
            }
            address = nextRecord(address, record);
        }
        return false;
    }

    private static void apply(final Segment segment, final long entry, final long end) {
        long address = entry + LogEntry.RECORDS_OFFSET;
        while (address < end) {
            final long record = Memory.getLong(address);
            if (CHECKED) {
                checkRecord(segment, record);
            }
            final int kind = LogEntry.kindOf(record);
            if (kind <= LogEntry.KIND_UNCHECKED) {
                applyWords(segment, LogEntry.refOf(record), LogEntry.maskOf(record), address + BYTES_IN_WORD);
            } else if (kind == LogEntry.KIND_FRESH) {
                applyFresh(segment, LogEntry.refOf(record), address);
            } else {
                Merging.apply(segment, record, address + BYTES_IN_WORD);
            }
            address = nextRecord(address, record);
        }
    }

    private static void applyWords(final Segment segment, final long ref, final int mask, final long wordsAddress) {
        if (mask == 0) {
            return;
        }
        segment.ensurePrivate(ref, bytesUpToLast(mask));
        final long target = segment.base() + ref;
        long source = wordsAddress;
        for (int bits = mask; bits != 0; bits &= bits - 1) {
            final long offset = (long) Integer.numberOfTrailingZeros(bits) << LOG_BYTES_IN_WORD;
            Memory.putLong(target + offset, Memory.getLong(source));
            source += BYTES_IN_WORD;
        }
    }

    /** Where the view shares a unit with the base the object is there already. */
    private static void applyFresh(final Segment segment, final long ref, final long address) {
        final PageTable pages = segment.pages();
        final long bytes = Memory.getLong(address + BYTES_IN_WORD);
        final long source = address + 2 * BYTES_IN_WORD - ref;
        long from = ref;
        while (from < ref + bytes) {
            final long unit = pages.unitOf(from);
            final long to = Math.min(ref + bytes, pages.refOf(unit + 1));
            if (pages.isPrivate(unit, segment.bit())) {
                Memory.copyWords(source + from, segment.base() + from, to - from);
            }
            from = to;
        }
    }

    static long nextRecord(final long address, final long record) {
        return LogEntry.kindOf(record) == LogEntry.KIND_FRESH
            ? address + 2 * BYTES_IN_WORD + Memory.getLong(address + BYTES_IN_WORD)
            : address + BYTES_IN_WORD + ((long) Integer.bitCount(LogEntry.maskOf(record)) << LOG_BYTES_IN_WORD);
    }
}

package org.segstm.gc.verify;

import org.segstm.bridge.Memory;
import org.segstm.heap.layout.ObjectHeader;
import org.segstm.heap.log.LogEntry;
import org.segstm.heap.segment.Segment;
import org.segstm.heap.spi.StoppedHeap;

import java.util.HashMap;
import java.util.Map;

import static org.segstm.heap.layout.ObjectHeader.BYTES_IN_WORD;

/**
 * The newest committed state as a view would have it: what the log entries say that it has not applied, else what its
 * running transaction has saved, else what is there.
 */
final class CommittedView extends WordView {
    private final InFlight inFlight;
    private final Map<Long, Long> logged = new HashMap<>();
    private long revision;

    CommittedView(final Segment segment, final Uncommitted uncommitted) {
        super(segment.toString(), segment);
        this.inFlight = uncommitted.of(segment);
        this.revision = segment.viewRevision();
        readLog();
    }

    /** The base: current after a reshare, until somebody commits, be it that no view has applied the entry yet. */
    boolean isBaseCurrent(final StoppedHeap heap) {
        return revision == Memory.getLong(heap.log().anchor() + LogEntry.REVISION_OFFSET)
            && (!heap.log().isAlone(segment()) || segment().privateUnits().isEmpty());
    }

    private void readLog() {
        long entry = nextOf(segment().lastEntry());
        while (entry != 0 && entry != LogEntry.CLOSED) {
            final long entryRevision = Memory.getLong(entry + LogEntry.REVISION_OFFSET);
            if (entryRevision <= revision) {
                throw new HeapVerificationException("commit log: revisions must increase: revision=" + entryRevision
                    + " follows " + revision);
            }
            revision = entryRevision;
            readEntry(entry);
            entry = nextOf(entry);
        }
    }

    private static long nextOf(final long entry) {
        return Memory.getLongAcquire(entry + LogEntry.NEXT_OFFSET);
    }

    private void readEntry(final long entry) {
        long address = entry + LogEntry.RECORDS_OFFSET;
        final long end = address + Memory.getLong(entry + LogEntry.RECORD_BYTES_OFFSET);
        while (address < end) {
            final long record = Memory.getLong(address);
            final long ref = LogEntry.refOf(record);
            address += BYTES_IN_WORD;
            if (LogEntry.kindOf(record) == LogEntry.KIND_FRESH) {
                final long size = Memory.getLong(address);
                for (long offset = 0; offset < size; offset += BYTES_IN_WORD) {
                    address += BYTES_IN_WORD;
                    logged.put(ref + offset, Memory.getLong(address));
                }
                address += BYTES_IN_WORD;
            } else {
                for (int mask = LogEntry.maskOf(record); mask != 0; mask &= mask - 1) {
                    final long wordRef = ref + (long) Integer.numberOfTrailingZeros(mask) * BYTES_IN_WORD;
                    logged.put(wordRef,
                        LogEntry.isCounter(record) ? word(wordRef) + Memory.getLong(address) : Memory.getLong(address));
                    address += BYTES_IN_WORD;
                }
            }
        }
    }

    @Override
    long word(final long wordRef) {
        final Long fromLog = logged.isEmpty() ? null : logged.get(wordRef);
        if (fromLog != null) {
            return fromLog;
        }
        final Long saved = inFlight == null ? null : inFlight.savedWord(wordRef);
        return saved != null ? saved : Memory.getLong(segment().base() + wordRef);
    }

    @Override
    long header(final long ref) {
        final Long fromLog = logged.isEmpty() ? null : logged.get(ref);
        return fromLog != null && (ref & ObjectHeader.GRANULE_MASK) == 0
            ? fromLog : Memory.getLong(segment().base() + ref);
    }
}

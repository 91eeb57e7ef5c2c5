package org.segstm.gc.lincheck;

import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.segstm.bridge.Memory;
import org.segstm.heap.log.CommitLog;
import org.segstm.heap.log.LogEntry;
import org.segstm.heap.log.LogMemory;
import org.segstm.heap.segment.Segment;

/**
 * One segment appends entries, each in a chunk of its own, and reuses those that all have passed; two follow. An entry
 * reused too early shows as a revision out of order.
 */
@Tag("lincheck")
@Timeout(120)
public class LogReclamationTest {
    private static final long ENTRY_BYTES = LogMemory.BYTES_IN_CHUNK;
    private static LogReclamationTest last;
    private final Segment[] segments = Segments.firstOnes(Segments.COUNT);
    private final CommitLog log =
        new CommitLog(Segments.reservationAddress(), segments[0].map(), segments.length);
    private final LogMemory memory = new LogMemory(log, 0);
    private final long[] lastEntries = new long[Segments.COUNT];

    public LogReclamationTest() {
        for (int i = 0; i < segments.length; i++) {
            log.attach(segments[i]);
            log.publishViewRevision(i + 1, 0);
            lastEntries[i] = log.anchor();
        }
        closeLast(this);
    }

    /** Lincheck has no end of an invocation, but the next one's beginning. */
    private static synchronized void closeLast(final LogReclamationTest next) {
        if (last != null) {
            last.memory.close();
            last.log.close();
        }
        last = next;
    }

    private void moveTo(final int follower, final long entry, final long revision) {
        lastEntries[follower] = entry;
        log.publishViewRevision(follower + 1, revision);
    }

    private long follow(final int follower) {
        final long entry = Memory.getLongAcquire(lastEntries[follower] + LogEntry.NEXT_OFFSET);
        if (entry == 0) {
            return 0;
        }
        final long revision = Memory.getLong(entry + LogEntry.REVISION_OFFSET);
        moveTo(follower, entry, revision);
        return revision;
    }

    /** Appends three entries: after the first few, each in memory that was used before. */
    @Operation(nonParallelGroup = "0")
    public long append() {
        long revision = 0;
        for (int i = 0; i < 3; i++) {
            final long end = lastEntries[0];
            final long entry = memory.reserve(ENTRY_BYTES);
            revision = Memory.getLong(end + LogEntry.REVISION_OFFSET) + 1;
            Memory.putLong(entry + LogEntry.NEXT_OFFSET, 0);
            Memory.putLong(entry + LogEntry.REVISION_OFFSET, revision);
            Memory.putLongRelease(end + LogEntry.NEXT_OFFSET, entry);
            memory.commit(ENTRY_BYTES, revision);
            moveTo(0, entry, revision);
        }
        return revision;
    }

    /** Moves to the end. */
    @Operation(nonParallelGroup = "1")
    public boolean followAll() {
        return isInOrder(1);
    }

    /** Moves to the end. */
    @Operation(nonParallelGroup = "2")
    public boolean followAllToo() {
        return isInOrder(2);
    }

    private boolean isInOrder(final int follower) {
        long before = log.viewRevision(follower + 1);
        for (long revision = follow(follower); revision != 0; revision = follow(follower)) {
            if (revision != before + 1) {
                return false;
            }
            before = revision;
        }
        return true;
    }

    @Test
    void shouldKeepEntriesWhenSomebodyHasNotPassedThem() {
        new StressOptions().threads(3).actorsPerThread(5).actorsBefore(1).actorsAfter(1)
            .iterations(10).invocationsPerIteration(200).sequentialSpecification(Ordered.class)
            .minimizeFailedScenario(false).check(getClass());
    }

    /** What the log must look like. */
    public static class Ordered {
        private long appended;

        /** Appends. */
        public long append() {
            appended += 3;
            return appended;
        }

        /** Finds entries in order. */
        public boolean followAll() {
            return true;
        }

        /** Finds entries in order. */
        public boolean followAllToo() {
            return true;
        }
    }
}

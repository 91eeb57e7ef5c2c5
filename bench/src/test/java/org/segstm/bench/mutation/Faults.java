package org.segstm.bench.mutation;

import org.segstm.bridge.Memory;
import org.segstm.gc.space.SegmentSpace;
import org.segstm.heap.log.CommitLog;
import org.segstm.heap.log.LogEntry;
import org.segstm.heap.segment.Segment;
import org.segstm.heap.segment.ShadowStack;
import org.segstm.heap.sharing.PageTable;
import org.segstm.heap.sharing.SharingStrategy;
import org.segstm.heap.tx.WriteSet;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** What mutated classes call in place of the right thing. */
public final class Faults {
    private static final int SOMETIMES_ONE_IN = 10;
    private static final ThreadLocal<List<Runnable>> HELD_BACK = ThreadLocal.withInitial(ArrayList::new);

    private Faults() {
    }

    private static boolean strikes() {
        return ThreadLocalRandom.current().nextInt(SOMETIMES_ONE_IN) == 0;
    }

    /** What is done in the wrong order is rarely noticed when both happen within nanoseconds. */
    public static void linger() {
        if (strikes()) {
            Thread.yield();
        }
    }

    public static boolean sometimesFalse(final boolean right) {
        return right && !strikes();
    }

    public static boolean sometimesTrue(final boolean right) {
        return right || strikes();
    }

    /** The entry is in the log before its records are. */
    public static boolean publishBeforeRecords(final long nextAddress, final long expected, final long entry) {
        final long bytes = Memory.getLong(entry + LogEntry.RECORD_BYTES_OFFSET);
        Memory.putLong(entry + LogEntry.RECORD_BYTES_OFFSET, 0);
        final boolean done = Memory.compareAndSetLong(nextAddress, expected, entry);
        linger();
        Memory.putLong(entry + LogEntry.RECORD_BYTES_OFFSET, bytes);
        return done;
    }

    /** The highest changed word of a slice is missing, if there are several. */
    public static int halfMask(final long record) {
        final int mask = LogEntry.maskOf(record);
        return Integer.bitCount(mask) > 1 ? mask & ~Integer.highestOneBit(mask) : mask;
    }

    public static void halfCopy(final long source, final long target, final long bytes) {
        Memory.copyWords(source, target, bytes / 2 & -Long.BYTES);
    }

    public static long sometimesNoHolders(final PageTable pages, final long unit) {
        return strikes() ? 0 : pages.holders(unit);
    }

    public static void announceLater(final PageTable pages, final long unit, final long bit) {
        HELD_BACK.get().add(() -> pages.announce(unit, bit));
    }

    public static void privatizeThenAnnounce(
        final SharingStrategy strategy, final int segment, final long unit, final long units) {
        strategy.privatize(segment, unit, units);
        linger();
        HELD_BACK.get().forEach(Runnable::run);
        HELD_BACK.get().clear();
    }

    public static long oneRevisionTooFar(final CommitLog log) {
        return log.minimumRevision() + 1;
    }

    /** All entries count as applied before the first one is. */
    public static void publishNewest(final CommitLog log, final Segment segment) {
        long revision = segment.viewRevision();
        long entry = Memory.getLongAcquire(segment.lastEntry() + LogEntry.NEXT_OFFSET);
        while (entry != 0 && entry != LogEntry.CLOSED) {
            revision = Memory.getLong(entry + LogEntry.REVISION_OFFSET);
            entry = Memory.getLongAcquire(entry + LogEntry.NEXT_OFFSET);
        }
        log.publishViewRevision(segment.index(), revision);
        linger();
    }

    public static void freeTwice(final SegmentSpace space, final long ref) {
        space.free(ref);
        space.free(ref);
    }

    public static int withoutFirstRoot(final ShadowStack roots) {
        return Math.min(roots.watermark() + 1, roots.depth());
    }

    public static int firstDataWordButOne(final long slice) {
        return WriteSet.firstDataWord(slice) + 1;
    }

    public static boolean leaveOpen(final long nextAddress, final long expected, final long closed) {
        return Memory.getLongVolatile(nextAddress) == expected;
    }

    /** The log from its anchor on: what was committed alone is not in it. */
    public static long revisionOfAnchor(final CommitLog log) {
        return Memory.getLong(log.anchor() + LogEntry.REVISION_OFFSET);
    }
}

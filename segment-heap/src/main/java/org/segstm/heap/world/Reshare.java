package org.segstm.heap.world;

import org.segstm.bridge.Memory;
import org.segstm.heap.AbortCause;
import org.segstm.heap.layout.ObjectHeader;
import org.segstm.heap.log.CommitLog;
import org.segstm.heap.segment.ControlPage;
import org.segstm.heap.segment.Segment;
import org.segstm.heap.sharing.PageTable;
import org.segstm.heap.sharing.Privatizer;
import org.segstm.heap.tx.Transactions;
import org.segstm.heap.tx.WriteSet;
import org.segstm.heap.util.LongList;
import org.segstm.heap.util.LongSequence;

/**
 * Brings the base to the newest revision and lets all views share its pages again, but for units with uncommitted
 * writes. Runs while all segments stand still. One attached view, the most advanced, is brought to the end of the log;
 * what it holds privately is all in which the base can be behind. Views with a running transaction are validated, idle
 * ones drop their copies without applying an entry. Cost: proportional to the private units.
 */
public final class Reshare {
    private final Segment[] segments;
    private final CommitLog log;
    private final Transactions transactions;
    private final PageTable pages;
    private final Privatizer privatizer;
    private final long sharedBase;
    private final LongList rescued = new LongList();
    private long reshares;

    /**
     * Makes the reshare of a heap.
     *
     * @param segments     all segments that mutators run in.
     * @param log          of the heap.
     * @param transactions of the heap.
     * @param pages        who holds what.
     * @param privatizer   of the heap.
     * @param sharedBase   address of segment 0.
     */
    public Reshare(
        final Segment[] segments, final CommitLog log, final Transactions transactions, final PageTable pages,
        final Privatizer privatizer, final long sharedBase) {
        this.segments = segments;
        this.log = log;
        this.transactions = transactions;
        this.pages = pages;
        this.privatizer = privatizer;
        this.sharedBase = sharedBase;
    }

    /**
     * Reshares. All segments stand still; conflicting transactions are rolled back and doomed.
     *
     * @return revision of the base and of all attached views afterwards.
     */
    public long run() {
        final Segment source = mostAdvanced();
        if (source == null) {
            return 0;
        }
        for (final Segment segment : segments) {
            if (log.isAttached(segment)) {
                transactions.tellWatch(segment);
            }
        }
        bringToEnd(source);
        for (final Segment segment : segments) {
            if (segment != source && log.isAttached(segment) && segment.inTransaction() && segment.doom() == null) {
                bringToEnd(segment);
            }
        }
        updateBase(source);
        final long revision = source.viewRevision();
        log.restart(revision, transactions.isLogClosed());
        for (final Segment segment : segments) {
            if (log.isAttached(segment)) {
                shareUnits(segment);
                segment.lastEntry(log.anchor());
                segment.viewRevision(revision);
                log.publishViewRevision(segment.index(), revision);
            }
        }
        reshares++;
        return revision;
    }

    /**
     * Drops all private units of an idle segment, which is detached or about to be. Where the system has no mappings
     * for that, they become equal to the base: to be done once more before it is attached again.
     *
     * @param segment whose run state the caller holds.
     */
    public void dropAll(final Segment segment) {
        shareUnits(segment);
    }

    /**
     * How often this has run.
     *
     * @return number of reshares.
     */
    public long reshares() {
        return reshares;
    }

    private Segment mostAdvanced() {
        Segment best = null;
        for (final Segment segment : segments) {
            if (log.isAttached(segment) && (best == null || segment.viewRevision() > best.viewRevision())) {
                best = segment;
            }
        }
        return best;
    }

    private void bringToEnd(final Segment segment) {
        final boolean running = segment.inTransaction() && segment.doom() == null;
        if (running && !transactions.validate(segment)) {
            transactions.rollback(segment, AbortCause.RESHARE);
        }
        transactions.refresh(segment);
    }

    private void updateBase(final Segment source) {
        rescueFreshObjects(source);
        final LongList units = source.privateUnits();
        for (int i = 0; i < units.size(); i++) {
            final long ref = pages.refOf(units.get(i));
            Memory.copy(source.base() + ref, sharedBase + ref, pages.unitBytes());
        }
        takeBackUncommitted(source);
        putBackRescued();
    }

    /**
     * Uncommitted objects of other segments that live in the base, inside units that are about to be overwritten:
     * ref, number of words, words.
     */
    private void rescueFreshObjects(final Segment source) {
        rescued.clear();
        for (final Segment segment : segments) {
            if (segment != source && segment.inTransaction()) {
                rescue(source, segment, segment.fresh());
                rescue(source, segment, segment.youngOutside());
            }
        }
    }

    private void rescue(final Segment source, final Segment segment, final LongSequence refs) {
        for (int i = 0; i < refs.size(); i++) {
            final long ref = refs.get(i);
            final long end = ref + segment.sizeOf(ref);
            long from = ref;
            while (from < end) {
                final long unit = pages.unitOf(from);
                final long to = Math.min(end, pages.refOf(unit + 1));
                if (pages.isPrivate(unit, source.bit()) && !pages.isPrivate(unit, segment.bit())) {
                    rescued.add(from);
                    rescued.add(to - from >>> ObjectHeader.LOG_BYTES_IN_WORD);
                    for (long word = from; word < to; word += ObjectHeader.BYTES_IN_WORD) {
                        rescued.add(Memory.getLong(sharedBase + word));
                    }
                }
                from = to;
            }
        }
    }

    private void putBackRescued() {
        int i = 0;
        while (i < rescued.size()) {
            long address = sharedBase + rescued.get(i);
            final int end = i + 2 + (int) rescued.get(i + 1);
            for (i += 2; i < end; i++) {
                Memory.putLong(address, rescued.get(i));
                address += ObjectHeader.BYTES_IN_WORD;
            }
        }
        rescued.clear();
    }

    private void takeBackUncommitted(final Segment source) {
        final WriteSet writeSet = source.writeSet();
        writeSet.putBack(sharedBase);
        for (int i = 0; i < writeSet.size(); i++) {
            final long slice = writeSet.slice(i);
            if (WriteSet.is(slice, WriteSet.HEADER)) {
                final long flagsAddress = sharedBase + WriteSet.refOf(slice) + ObjectHeader.FLAGS_OFFSET;
                Memory.putByte(flagsAddress, (byte) (
                    Memory.getByte(flagsAddress) & ~ObjectHeader.IN_WRITE_SET | ObjectHeader.WRITE_BARRIER));
            }
        }
    }

    private void shareUnits(final Segment segment) {
        final LongList units = segment.privateUnits();
        if (units.isEmpty()) {
            return;
        }
        units.sort();
        final LongList kept = inFlightUnits(segment);
        int keptIndex = 0;
        int keptEnd = 0;
        int i = 0;
        while (i < units.size()) {
            final long unit = units.get(i);
            while (keptIndex < kept.size() && kept.get(keptIndex) < unit) {
                keptIndex++;
            }
            if (keptIndex < kept.size() && kept.get(keptIndex) == unit) {
                units.set(keptEnd++, unit);
                i++;
                continue;
            }
            final long nextKept = keptIndex < kept.size() ? kept.get(keptIndex) : Long.MAX_VALUE;
            int run = 1;
            while (i + run < units.size() && units.get(i + run) == unit + run && unit + run < nextKept) {
                run++;
            }
            if (!privatizer.share(segment.index(), unit, run)) {
                keepAsBase(segment, units, i, run, keptEnd);
                keptEnd += run;
            }
            i += run;
        }
        units.truncate(keptEnd);
        Memory.putLong(segment.control() + ControlPage.PRIVATE_UNITS_OFFSET, keptEnd);
    }

    /** The system has no mapping to share a run with: its copies become equal to the base instead. */
    private void keepAsBase(
        final Segment segment, final LongList units, final int from, final int run, final int keptEnd) {
        final long ref = pages.refOf(units.get(from));
        Memory.copy(sharedBase + ref, segment.base() + ref, run * pages.unitBytes());
        for (int i = 0; i < run; i++) {
            units.set(keptEnd + i, units.get(from + i));
        }
    }

    /** Private units with something that a running transaction has made or written. */
    private LongList inFlightUnits(final Segment segment) {
        final LongList inFlight = new LongList();
        if (segment.inTransaction()) {
            final WriteSet writeSet = segment.writeSet();
            for (int i = 0; i < writeSet.size(); i++) {
                final long slice = writeSet.slice(i);
                addPrivateUnits(inFlight, segment, WriteSet.refOf(slice),
                    (long) WriteSet.wordsOf(slice) << ObjectHeader.LOG_BYTES_IN_WORD);
            }
            addObjects(inFlight, segment, segment.fresh());
            addObjects(inFlight, segment, segment.youngOutside());
            inFlight.sort();
        }
        return inFlight;
    }

    private void addObjects(final LongList inFlight, final Segment segment, final LongSequence refs) {
        for (int i = 0; i < refs.size(); i++) {
            addPrivateUnits(inFlight, segment, refs.get(i), segment.sizeOf(refs.get(i)));
        }
    }

    private void addPrivateUnits(final LongList inFlight, final Segment segment, final long ref, final long bytes) {
        final long last = pages.unitOf(ref + bytes - 1);
        for (long unit = pages.unitOf(ref); unit <= last; unit++) {
            if (pages.isPrivate(unit, segment.bit())
                && (inFlight.isEmpty() || inFlight.get(inFlight.size() - 1) != unit)) {
                inFlight.add(unit);
            }
        }
    }
}

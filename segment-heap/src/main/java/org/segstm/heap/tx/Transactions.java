package org.segstm.heap.tx;

import org.segstm.bridge.Memory;
import org.segstm.heap.AbortCause;
import org.segstm.heap.Contention;
import org.segstm.heap.log.CommitLog;
import org.segstm.heap.log.LogEntry;
import org.segstm.heap.segment.RunState;
import org.segstm.heap.segment.Segment;
import org.segstm.heap.segment.Watch;
import org.segstm.heap.world.World;


/**
 * The commit protocol of one heap: pull, not stop-the-world. A committer imports and validates what others have
 * committed, then compare-and-sets its entry onto the last one it has seen; nothing lies between. An inevitable
 * transaction closes the log at its end instead, so that nothing can conflict with it any more.
 */
public final class Transactions {
    private static final int RACES_BEFORE_PRIORITY = 8;
    private static final int SPINS_FOR_PRIORITY = 256;
    /** From this size on it costs little, compared with the copying, to share the pages of a new object at once. */
    private static final long LARGE_BYTES = 1L << 20;

    private final CommitLog log;
    private final World world;
    private final Inevitability inevitability;
    private final Precedence precedence;
    private final Importer importer;
    private final ChangeSignal changes = new ChangeSignal();
    private final long sharedBase;

    /**
     * Makes the protocol of a heap.
     *
     * @param log        of the heap.
     * @param world      of the heap.
     * @param sharedBase address of segment 0.
     */
    public Transactions(final CommitLog log, final World world, final long sharedBase) {
        this.log = log;
        this.world = world;
        this.importer = new Importer(log);
        this.precedence = new Precedence(world);
        this.inevitability = new Inevitability(log, world, importer, this::advance);
        this.sharedBase = sharedBase;
    }

    /**
     * Brings a view up to date where no transaction has begun in it yet.
     *
     * @param segment whose run state the caller holds.
     */
    public void refresh(final Segment segment) {
        importer.importEntries(segment, false);
        segment.logMemory().prepare();
    }

    /**
     * Moves the view of a running transaction forward.
     *
     * @param segment that the caller runs in, or has stopped.
     * @return false when the transaction conflicts and has to be rolled back.
     */
    public boolean validate(final Segment segment) {
        return importer.importEntries(segment, true);
    }

    /**
     * Tells a watch of an idle segment when an entry that the view has not seen wrote what is marked as read there.
     *
     * @param segment that stands still.
     */
    public void tellWatch(final Segment segment) {
        final Watch watch = segment.watch();
        if (watch != null && watch.isActive() && importer.conflictsWithNewer(segment)) {
            watch.touch();
        }
    }

    /**
     * Where to wait for commits.
     *
     * @return the signal of the heap.
     */
    public ChangeSignal changes() {
        return changes;
    }

    /**
     * Commits what a transaction leaves behind; its minor collection is done. May wait for an inevitable transaction.
     *
     * @param segment that the caller runs in.
     * @return false when the transaction conflicts, or was rolled back by somebody else while it waited, see
     *     {@link Segment#doom()}.
     */
    public boolean commit(final Segment segment) {
        if (segment.isSerial()) {
            return true;
        }
        if (precedence.isClaimed() && !segment.inevitable() && !segment.writeSet().isEmpty()) {
            precedence.holdBack(segment);
            if (segment.doom() != null) {
                return false;
            }
        }
        Outcome outcome;
        try {
            if (log.isAlone(segment)) {
                outcome = commitAlone(segment) ? Outcome.COMMITTED : Outcome.CONFLICT;
            } else {
                do {
                    outcome = commitOnce(segment);
                } while (outcome == Outcome.WAITED);
            }
        } catch (final RuntimeException | Error e) {
            EntryBuilder.setOverflowFlags(segment);
            throw e;
        }
        if (outcome == Outcome.COMMITTED) {
            finish(segment);
        }
        return outcome != Outcome.CONFLICT;
    }

    /** The transaction is committed, as far as others are concerned. */
    static void finish(final Segment segment) {
        segment.collector().transactionCommitted();
        segment.endTransaction();
    }

    /** After a wait all is done again: a reshare may have come between, and changed who holds which page. */
    private Outcome commitOnce(final Segment segment) {
        long bytes = LogEntry.RECORDS_OFFSET;
        long entry = 0;
        long largest = 0;
        if (!segment.writeSet().isEmpty() || !segment.fresh().isEmpty()) {
            importer.takeLineOfLastEntry(segment);
            if (!segment.fresh().isEmpty()) {
                largest = EntryBuilder.completeFreshObjects(segment, sharedBase);
                Memory.fullFence();
            }
            bytes = EntryBuilder.build(segment);
            entry = segment.logMemory().reserve(bytes);
        }
        Outcome outcome = Outcome.COMMITTED;
        if (bytes == LogEntry.RECORDS_OFFSET) {
            openLog(segment, 0, 0);
        } else {
            segment.publishing(entry);
            if (segment.inevitable()) {
                openLog(segment, entry, bytes);
            } else {
                outcome = publish(segment, entry, bytes);
            }
        }
        if (outcome == Outcome.COMMITTED && largest >= LARGE_BYTES) {
            shareLargeObjects(segment);
        }
        return outcome;
    }

    /** Where views are copied on write, a new large object was made in private memory and copied to the base. */
    static void shareLargeObjects(final Segment segment) {
        for (int i = 0; i < segment.fresh().size(); i++) {
            final long ref = segment.fresh().get(i);
            final long bytes = segment.sizeOf(ref);
            if (bytes >= LARGE_BYTES) {
                segment.shareCommitted(ref, bytes);
            }
        }
    }

    private boolean commitAlone(final Segment segment) {
        if (!validate(segment)) {
            return false;
        }
        EntryBuilder.clearOverflowFlags(segment);
        openLog(segment, 0, 0);
        if (!segment.writeSet().isEmpty()) {
            segment.viewRevision(segment.viewRevision() + 1);
            log.publishViewRevision(segment.index(), segment.viewRevision());
            changes.changed();
        }
        return true;
    }

    private Outcome publish(final Segment segment, final long entry, final long bytes) {
        final boolean readsMatter = !segment.writeSet().isEmpty();
        int races = 0;
        Outcome outcome = null;
        while (outcome == null) {
            if (!importer.importEntries(segment, readsMatter)) {
                outcome = Outcome.CONFLICT;
                break;
            }
            final long last = segment.lastEntry();
            final long revision = segment.viewRevision() + 1;
            Memory.putLong(entry + LogEntry.REVISION_OFFSET, revision);
            if (Memory.compareAndSetLong(last + LogEntry.NEXT_OFFSET, 0, entry)) {
                advance(segment, entry, bytes, revision);
                outcome = Outcome.COMMITTED;
            } else if (Memory.getLongAcquire(last + LogEntry.NEXT_OFFSET) == LogEntry.CLOSED) {
                outcome = waited(inevitability.awaitCommit(segment, entry, bytes));
            } else {
                holdBackOrClaim(segment, ++races);
            }
        }
        if (races >= RACES_BEFORE_PRIORITY) {
            log.releasePriority(segment);
        }
        return outcome;
    }

    private static Outcome waited(final Waiter.Verdict verdict) {
        switch (verdict) {
            case COMMITTED:
                return Outcome.ADMITTED;
            case CONFLICT:
                return Outcome.CONFLICT;
            default:
                return Outcome.WAITED;
        }
    }

    private void advance(final Segment segment, final long entry, final long bytes, final long revision) {
        if (segment.writeSet().hasMerged()) {
            Merging.publish(segment, entry);
        }
        segment.lastEntry(entry);
        segment.viewRevision(revision);
        segment.logMemory().commit(bytes, revision);
        log.publishViewRevision(segment.index(), revision);
        changes.changed();
    }

    /** A committer that loses races again and again would be starved by short ones: let the others wait a little. */
    private void holdBackOrClaim(final Segment segment, final int races) {
        if (races == RACES_BEFORE_PRIORITY) {
            segment.owner().decided(Contention.CLAIMED_LOG_END);
            log.claimPriority(segment);
        }
        for (int i = 0; i < SPINS_FOR_PRIORITY; i++) {
            final Segment first = log.priority();
            if (first == null || first == segment) {
                return;
            }
            Thread.onSpinWait();
        }
    }

    /**
     * Makes the running transaction inevitable: waits for its turn, takes in what others committed and closes the log.
     *
     * @param segment that the caller runs in.
     * @param reason  why, for reports.
     * @return false when the transaction conflicts or was rolled back meanwhile.
     */
    public boolean becomeInevitable(final Segment segment, final String reason) {
        if (segment.isSerial()) {
            segment.inevitable(true);
            return true;
        }
        Waiter waiter = null;
        int races = 0;
        boolean done = false;
        try {
            while (segment.doom() == null && validate(segment)) {
                if (inevitability.token().holder() == segment || closeLog(segment)) {
                    done = true;
                    break;
                }
                if (isClosedBehind(segment)) {
                    final boolean first = waiter == null;
                    waiter = first ? Waiter.toBecomeInevitable(segment) : waiter;
                    inevitability.awaitToken(waiter, first);
                } else {
                    holdBackOrClaim(segment, ++races);
                }
            }
        } finally {
            log.releasePriority(segment);
            if (waiter != null) {
                inevitability.leaveQueue(waiter);
            }
            if (!done) {
                inevitability.giveUp(segment);
            }
        }
        if (done) {
            inevitability.begun(segment, reason);
        }
        return done;
    }

    /**
     * Makes the running transaction inevitable if that is possible now.
     *
     * @param segment that the caller runs in.
     * @param reason  why, for reports.
     * @return false when another transaction is inevitable, or has changed what this one read.
     */
    public boolean tryBecomeInevitable(final Segment segment, final String reason) {
        if (segment.isSerial()) {
            segment.inevitable(true);
            return true;
        }
        if (!segment.inevitable()) {
            do {
                if (!validate(segment) || isClosedBehind(segment)) {
                    return false;
                }
            } while (!closeLog(segment));
            inevitability.begun(segment, reason);
        }
        return true;
    }

    private boolean closeLog(final Segment segment) {
        final boolean closed =
            Memory.compareAndSetLong(segment.lastEntry() + LogEntry.NEXT_OFFSET, 0, LogEntry.CLOSED);
        if (closed) {
            inevitability.token().take(segment);
        }
        return closed;
    }

    private static boolean isClosedBehind(final Segment segment) {
        return Memory.getLongAcquire(segment.lastEntry() + LogEntry.NEXT_OFFSET) == LogEntry.CLOSED;
    }

    /** Ends the inevitable state, if there is one: others may commit, after the entry if there is one. */
    private void openLog(final Segment segment, final long entry, final long bytes) {
        if (segment.inevitable()) {
            inevitability.end(segment, entry, bytes);
        }
    }

    /**
     * Lets those commit that wait for an inevitable transaction and have written nothing that it has read.
     *
     * @param segment of the inevitable transaction, that the caller runs in, at a safepoint.
     */
    public void admitCommitters(final Segment segment) {
        inevitability.admit(segment);
    }

    /**
     * An inevitable transaction has been parked or detached: whoever waits for it may act in its place.
     */
    public void inevitableStandsStill() {
        inevitability.parked();
    }

    /**
     * Does anybody wait for the end of the inevitable transaction?
     *
     * @return true when someone sleeps.
     */
    public boolean isInevitableWanted() {
        return inevitability.isWanted();
    }

    /**
     * Does an inevitable transaction keep others from committing?
     *
     * @return true while the log is closed.
     */
    public boolean isLogClosed() {
        return inevitability.token().holder() != null;
    }

    /**
     * Undoes all that the running transaction did to the heap. The view is then that of its revision.
     *
     * @param segment that the caller runs in, or has stopped; inevitable only when its thread is dead.
     * @param cause   to leave in {@link Segment#doom()} when the caller is somebody else, else null.
     */
    public void rollback(final Segment segment, final AbortCause cause) {
        openLog(segment, 0, 0);
        segment.inevitable(false);
        segment.writeSet().putBack(segment.base());
        segment.collector().discardTransaction();
        segment.endTransaction();
        segment.nursery().reset();
        segment.doom(cause);
    }

    /**
     * Undoes what the running transaction did to the heap since its last savepoint, which is gone afterwards. What it
     * has marked as read stays marked.
     *
     * @param segment that the caller runs in.
     */
    public void rollbackToSavepoint(final Segment segment) {
        segment.collector().destroySinceSavepoint();
        segment.undoToSavepoint();
        segment.collector().rollbackToSavepoint(segment.savepoints().freshCount());
        segment.leaveSavepoint();
        segment.nursery().reset();
    }

    /**
     * Who goes first among those that lose again and again.
     *
     * @return the precedence of the heap.
     */
    public Precedence precedence() {
        return precedence;
    }

    /**
     * Ends a detached transaction in its owner's place. The caller runs in no segment.
     *
     * @param segment of the heap.
     * @return true when there was one and it has been ended.
     */
    public boolean finishDetached(final Segment segment) {
        final long state = World.runState(segment);
        return RunState.isDetached(state) && inevitability.finish(segment, state);
    }

    /**
     * The token, for messages and tests.
     *
     * @return the token of the heap.
     */
    public InevitableToken token() {
        return inevitability.token();
    }

    /** What came of one try to commit. */
    private enum Outcome {
        /** It is in the log. */
        COMMITTED,
        /** The same, and the transaction has been ended by somebody else. */
        ADMITTED,
        /** It has to be rolled back. */
        CONFLICT,
        /** All is to be done again. */
        WAITED
    }
}

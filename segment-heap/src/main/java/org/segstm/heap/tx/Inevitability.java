package org.segstm.heap.tx;

import org.segstm.bridge.Memory;
import org.segstm.heap.Contention;
import org.segstm.heap.HeapException;
import org.segstm.heap.event.Activity;
import org.segstm.heap.log.CommitLog;
import org.segstm.heap.log.LogEntry;
import org.segstm.heap.segment.RunState;
import org.segstm.heap.segment.Segment;
import org.segstm.heap.segment.SegmentOwner;
import org.segstm.heap.world.World;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The time while the log is closed: who waits for what, and who gets in nevertheless.
 *
 * <ul>
 * <li>A committer that meets the closed log leaves its entry here and sleeps. The inevitable transaction looks at it at
 *     its next safepoint; while it stands still there, the committer looks itself. An entry that misses all that the
 *     inevitable transaction has read is put into the log, which stays closed behind it, and into the view of the
 *     inevitable transaction, whose snapshot moves forward. The others get their answer when the inevitable
 *     transaction ends: committed after it, or conflict. So a commit waits for one inevitable transaction at most.
 * <li>Who wants to be inevitable itself queues. When the log is opened the first one is woken, others may be faster;
 *     when it has waited for ten milliseconds, the closed log is handed over.
 * <li>A detached inevitable transaction is ended by whoever would wait for it.
 * </ul>
 *
 * <p>The monitor guards the lists. Whoever holds it waits for nothing.
 */
final class Inevitability {
    private static final long PATIENCE_NS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long LOOK_FOR_DEAD_THREADS_NS = TimeUnit.MILLISECONDS.toNanos(50);

    private final CommitLog log;
    private final World world;
    private final Importer importer;
    private final Publisher publisher;
    private final InevitableToken token = new InevitableToken();
    private final Object monitor = new Object();
    private final List<Waiter> commits = new ArrayList<>();
    private final ArrayDeque<Waiter> queue = new ArrayDeque<>();
    private volatile int waiting;
    private volatile int unjudged;

    Inevitability(final CommitLog log, final World world, final Importer importer, final Publisher publisher) {
        this.log = log;
        this.world = world;
        this.importer = importer;
        this.publisher = publisher;
    }

    InevitableToken token() {
        return token;
    }

    /** Does anybody wait for the end of the inevitable transaction? */
    boolean isWanted() {
        return waiting != 0;
    }

    /**
     * Waits, asleep, with a finished entry.
     *
     * @return what became of it; after a conflict the transaction may have been rolled back.
     * @throws HeapException when the inevitable transaction is driven by the same thread.
     */
    Waiter.Verdict awaitCommit(final Segment segment, final long entry, final long bytes) {
        if (token.holder() == null) {
            // Between closing the log and telling who did it, or between the reverse.
            Thread.yield();
            return Waiter.Verdict.AGAIN;
        }
        segment.owner().decided(Contention.COMMIT_WAITED);
        final Waiter waiter = Waiter.toCommit(segment, entry, bytes, log.restarts());
        final Activity before = segment.owner().busyWith(Activity.WAIT_COMMIT);
        world.park(segment);
        try {
            synchronized (monitor) {
                commits.add(waiter);
                counted();
            }
            final Segment obstacle = sleepUntilJudged(waiter);
            if (withdraw(waiter) && obstacle != null) {
                throw refusal(segment, obstacle);
            }
        } finally {
            world.unpark(segment);
            segment.owner().busyWith(before);
        }
        return segment.doom() == null ? waiter.verdict() : Waiter.Verdict.CONFLICT;
    }

    /** Returns the inevitable transaction that this waits for in vain, or null. */
    private Segment sleepUntilJudged(final Waiter waiter) {
        Segment obstacle = null;
        boolean interrupted = false;
        while (waiter.verdict() == null && obstacle == null) {
            final Segment current = token.holder();
            if (current == null) {
                break;
            }
            standInFor(current);
            if (waiter.verdict() == null) {
                obstacle = isInVain(current) ? current : null;
                interrupted |= obstacle == null && sleep(current);
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return obstacle;
    }

    /** Without a verdict it is tried again. */
    private boolean withdraw(final Waiter waiter) {
        synchronized (monitor) {
            final boolean withdrawn = commits.remove(waiter);
            if (withdrawn) {
                counted();
                waiter.verdict(Waiter.Verdict.AGAIN);
            }
            return withdrawn;
        }
    }

    private void counted() {
        int count = 0;
        for (int i = 0; i < commits.size(); i++) {
            count += commits.get(i).blocked() ? 0 : 1;
        }
        unjudged = count;
        waiting = commits.size() + queue.size();
    }

    /** Returns true when interrupted. Whoever changes something that the sleeper waits for wakes it. */
    private boolean sleep(final Segment current) {
        if (token.holder() == current) {
            world.request(current, RunState.ADMIT | RunState.COMMIT_SOON);
            if (token.holder() == current) {
                LockSupport.parkNanos(this, LOOK_FOR_DEAD_THREADS_NS);
            }
        }
        final boolean interrupted = Thread.interrupted();
        if (token.holder() == current) {
            world.reapIfDead(current);
        }
        return interrupted;
    }

    /** Does what the inevitable transaction would do if it did not stand still. */
    private void standInFor(final Segment current) {
        final long state = World.runState(current);
        if (RunState.isDetached(state)) {
            finish(current, state);
        } else if (state == RunState.PARKED) {
            while (unjudged != 0 && token.holder() == current && standIn(current)) {
                // Somebody may have come while another one stood in, and have left it to that one.
                Memory.fullFence();
            }
        }
    }

    private boolean standIn(final Segment current) {
        if (!world.tryBorrow(current, RunState.PARKED)) {
            return world.awaitResume(current);
        }
        try {
            admit(current);
            return current.inevitable();
        } finally {
            world.giveBack(current, RunState.PARKED);
        }
    }

    /**
     * Ends a detached transaction. The caller runs in no segment.
     *
     * @return false when it was not detached any more, or could not be ended.
     */
    boolean finish(final Segment segment, final long state) {
        return world.tryBorrow(segment, state) && segment.owner().finishDetached(state);
    }

    /**
     * Lets in who does not disturb.
     *
     * @param holder the inevitable transaction's segment, that the caller runs in or has borrowed.
     */
    void admit(final Segment holder) {
        synchronized (monitor) {
            if (token.holder() == holder && holder.inevitable()) {
                for (int i = 0; i < commits.size();) {
                    if (admit(commits.get(i), holder)) {
                        commits.remove(i);
                    } else {
                        i++;
                    }
                }
                counted();
            }
        }
    }

    private boolean admit(final Waiter waiter, final Segment holder) {
        if (waiter.blocked()) {
            return false;
        }
        if (importer.conflicts(holder, waiter.entry())) {
            waiter.block();
            return false;
        }
        final Waiter.Verdict verdict;
        try {
            importer.makePrivate(holder, waiter.entry());
            verdict = judge(waiter);
        } catch (final RuntimeException | Error e) {
            // No memory for copies here; the committer will meet the same error itself when it is its own.
            waiter.block();
            return false;
        }
        if (verdict == Waiter.Verdict.COMMITTED) {
            importer.importEntries(holder, false);
            waiter.segment().owner().decided(Contention.ADMITTED);
        }
        waiter.verdict(verdict);
        return true;
    }

    /** Brings the view of a waiting committer to the closed end of the log and appends its entry, on its behalf. */
    private Waiter.Verdict judge(final Waiter waiter) {
        final Segment segment = waiter.segment();
        if (segment.doom() != null || !importer.importEntries(segment, !segment.writeSet().isEmpty())) {
            return Waiter.Verdict.CONFLICT;
        }
        if (waiter.restarts() != log.restarts()) {
            return Waiter.Verdict.AGAIN;
        }
        final long revision = segment.viewRevision() + 1;
        Memory.putLong(waiter.entry() + LogEntry.REVISION_OFFSET, revision);
        Memory.putLong(waiter.entry() + LogEntry.NEXT_OFFSET, LogEntry.CLOSED);
        Memory.putLongVolatile(segment.lastEntry() + LogEntry.NEXT_OFFSET, waiter.entry());
        publisher.published(segment, waiter.entry(), waiter.bytes(), revision);
        Transactions.shareLargeObjects(segment);
        Transactions.finish(segment);
        segment.inTransaction(false);
        return Waiter.Verdict.COMMITTED;
    }

    private Waiter.Verdict judgeAtEnd(final Waiter waiter) {
        try {
            return judge(waiter);
        } catch (final RuntimeException | Error e) {
            // The committer will meet the same error itself: it is not the business of the caller.
            return Waiter.Verdict.AGAIN;
        }
    }

    /**
     * Sleeps for the token, in a queue where the caller stays until {@link #leaveQueue}.
     *
     * @param waiter that the caller has made at its first try.
     * @throws HeapException when the inevitable transaction is driven by the same thread.
     */
    void awaitToken(final Waiter waiter, final boolean first) {
        final Segment segment = waiter.segment();
        final Activity before = segment.owner().busyWith(Activity.WAIT_INEVITABLE);
        world.park(segment);
        boolean interrupted = false;
        try {
            if (first) {
                segment.owner().decided(Contention.TOKEN_WAITED);
                synchronized (monitor) {
                    queue.add(waiter);
                    counted();
                }
            }
            Segment current = token.holder();
            if (current == null) {
                Thread.yield();
            }
            while (current != null && current != segment) {
                standInFor(current);
                if (token.holder() == current) {
                    if (isInVain(current)) {
                        throw refusal(segment, current);
                    }
                    interrupted |= sleep(current);
                }
                current = token.holder();
            }
        } finally {
            world.unpark(segment);
            segment.owner().busyWith(before);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** The log may be open and the next one not know. */
    void leaveQueue(final Waiter waiter) {
        synchronized (monitor) {
            queue.remove(waiter);
            counted();
            if (token.holder() == null && !queue.isEmpty()) {
                queue.peek().wake();
            }
        }
    }

    /** The caller was handed the closed log and has no use for it. */
    void giveUp(final Segment segment) {
        if (token.holder() == segment) {
            synchronized (monitor) {
                long last = segment.lastEntry();
                long next = Memory.getLongAcquire(last + LogEntry.NEXT_OFFSET);
                while (next != LogEntry.CLOSED) {
                    last = next;
                    next = Memory.getLongAcquire(last + LogEntry.NEXT_OFFSET);
                }
                openBehind(last);
            }
        }
    }

    /** The log is closed, and the caller's transaction inevitable. */
    void begun(final Segment segment, final String reason) {
        token.reason(reason);
        segment.inevitable(true);
        if (unjudged != 0) {
            world.request(segment, RunState.ADMIT);
        }
    }

    /** It stands still for an unknown time: who waits may do what it would have done at its next safepoint. */
    void parked() {
        Memory.fullFence();
        if (waiting != 0) {
            synchronized (monitor) {
                commits.forEach(Waiter::wake);
                queue.forEach(Waiter::wake);
            }
        }
    }

    /**
     * Opens the log after the inevitable transaction, or hands it on.
     *
     * @param entry of the transaction, or 0.
     */
    void end(final Segment segment, final long entry, final long bytes) {
        if (waiting != 0) {
            synchronized (monitor) {
                if (entry != 0) {
                    Memory.putLong(entry + LogEntry.NEXT_OFFSET, LogEntry.CLOSED);
                    publish(segment, entry, bytes);
                }
                openBehind(segment.lastEntry());
            }
            return;
        }
        token.clear();
        if (entry != 0) {
            publish(segment, entry, bytes);
        } else {
            Memory.putLongVolatile(segment.lastEntry() + LogEntry.NEXT_OFFSET, 0);
        }
        if (waiting != 0) {
            wakeAfterEnd();
        }
    }

    private void publish(final Segment segment, final long entry, final long bytes) {
        final long revision = segment.viewRevision() + 1;
        Memory.putLong(entry + LogEntry.REVISION_OFFSET, revision);
        Memory.putLongVolatile(segment.lastEntry() + LogEntry.NEXT_OFFSET, entry);
        publisher.published(segment, entry, bytes, revision);
    }

    /** They came while the log was being opened. */
    private void wakeAfterEnd() {
        synchronized (monitor) {
            commits.forEach(Waiter::wake);
            if (!queue.isEmpty()) {
                queue.peek().wake();
            }
        }
    }

    private void openBehind(final long end) {
        long last = end;
        for (final Waiter waiter : commits) {
            waiter.verdict(judgeAtEnd(waiter));
            if (waiter.verdict() == Waiter.Verdict.COMMITTED) {
                last = waiter.entry();
            }
        }
        commits.clear();
        counted();
        final Waiter next = queue.peek();
        if (next != null && next.hasWaited(PATIENCE_NS)) {
            next.segment().owner().decided(Contention.TOKEN_HANDED_OVER);
            token.take(next.segment());
        } else {
            token.clear();
            Memory.putLongVolatile(last + LogEntry.NEXT_OFFSET, 0);
        }
        if (next != null) {
            next.wake();
        }
    }

    /** Waiting for a transaction that the waiting thread itself drives would never end. */
    private static boolean isDrivenByCaller(final Segment current) {
        final SegmentOwner owner = current.owner();
        return owner != null && owner.thread() == Thread.currentThread()
            && World.runState(current) != RunState.BORROWED;
    }

    private boolean isInVain(final Segment current) {
        return isDrivenByCaller(current) || world.isStoppedByCaller();
    }

    private static HeapException refusal(final Segment segment, final Segment current) {
        return new HeapException(isDrivenByCaller(current) ? segment.owner().name()
            + " would wait for the inevitable transaction of " + current.owner().name()
            + ", which is driven by the same thread: commit that one first"
            : segment.owner().name() + " would wait for an inevitable transaction that it has stopped itself: "
            + "resume the others first");
    }

    /** What has to be done when an entry is in the log. */
    @FunctionalInterface
    interface Publisher {
        /**
         * The view of the segment contains the entry already.
         *
         * @param segment  that has committed it.
         * @param entry    address.
         * @param bytes    its size.
         * @param revision its revision.
         */
        void published(Segment segment, long entry, long bytes, long revision);
    }
}

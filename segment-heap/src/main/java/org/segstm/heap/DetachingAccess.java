package org.segstm.heap;

import org.segstm.heap.event.Activity;
import org.segstm.heap.segment.RunState;
import org.segstm.heap.segment.Segment;
import org.segstm.heap.world.World;

import java.util.concurrent.TimeUnit;

/**
 * Leaving a transaction for a short external call. It becomes inevitable and stays open, detached; when its thread
 * comes back before anybody has missed it, the transaction goes on. Whoever would have to wait for it meanwhile ends it
 * in its place. One compare-and-set each way when nobody does.
 */
public abstract class DetachingAccess extends TransactionAccess {
    private static final long LOOK_AGAIN_MS = 10;
    private final Object monitor = new Object();
    private Absence absence = Absence.NONE;
    private volatile boolean finished;

    DetachingAccess(final SegmentHeap heap, final String name) {
        super(heap, name);
    }

    /**
     * Leaves the running transaction until {@link #reattach()}: before an external call. A safepoint. The transaction
     * becomes inevitable if that needs no waiting, and is committed otherwise; detached, it may be committed by others
     * at any time. An atomic block is not taken apart: there this makes inevitable and parks.
     *
     * @param reason why, for reports.
     * @return true when the transaction is still open.
     * @throws TransactionAbortedException when it conflicts with what was committed meanwhile; it is rolled back.
     */
    public final boolean detach(final String reason) {
        checkRunning();
        if ((state & (ATOMIC | NESTED)) != 0) {
            becomeInevitable(reason);
            park();
            left(Absence.PARKED);
            return true;
        }
        if (!tryBecomeInevitableAtOnce(reason)
            || heap.transactions().isInevitableWanted() || heap.pool().isContended()) {
            commit();
            switchTo(Activity.DETACHED);
            left(Absence.COMMITTED);
            return false;
        }
        switchTo(Activity.DETACHED);
        finished = false;
        left(Absence.DETACHED);
        state |= PARKED;
        heap.world().detach(segment, number());
        if (heap.transactions().isInevitableWanted()) {
            heap.transactions().inevitableStandsStill();
        }
        return true;
    }

    private boolean tryBecomeInevitableAtOnce(final String reason) {
        final boolean already = segment.inevitable();
        final boolean done = heap.transactions().tryBecomeInevitable(segment, reason);
        if (done && !already) {
            becameInevitable(reason);
        }
        return done;
    }

    private void left(final Absence how) {
        absence = how;
        away(true);
    }

    /**
     * Comes back after {@link #detach}: goes on with the transaction, or begins another one that is inevitable too. On
     * return an inevitable transaction is running. Like a safepoint: refs may have changed. Waits while others have to
     * stand still, and while another transaction is inevitable.
     *
     * @return true when it is the same transaction.
     * @throws IllegalStateException when the mutator was not detached.
     */
    public final boolean reattach() {
        if (absence == Absence.NONE) {
            throw new IllegalStateException("reattach() follows detach(): " + name());
        }
        final boolean same = comeBack();
        if (!same) {
            beginInevitable("reattached");
        }
        return same;
    }

    /** False when the transaction was ended. */
    private boolean comeBack() {
        final Absence how = absence;
        final boolean same = how == Absence.PARKED || how == Absence.DETACHED && enterAgain();
        absence = Absence.NONE;
        away(false);
        if (how == Absence.PARKED) {
            runAgain();
        } else if (same) {
            switchTo(Activity.RUN);
        } else if (how == Absence.COMMITTED) {
            switchTo(Activity.OUTSIDE);
        } else {
            committed(true);
            switchTo(Activity.OUTSIDE);
            final TransactionCallbackException thrown = effectsCommitted();
            runFinalizersIfDue();
            if (thrown != null) {
                throw thrown;
            }
        }
        return same;
    }

    private boolean enterAgain() {
        becomesDrivenByCaller();
        while (!finished) {
            if (heap.world().tryEnter(segment, RunState.detached(number()))) {
                state &= ~PARKED;
                segment.nursery().acknowledge();
                return true;
            }
            if (!heap.world().awaitResume(segment)) {
                awaitFinisher();
            }
        }
        return false;
    }

    private void awaitFinisher() {
        boolean interrupted = false;
        synchronized (monitor) {
            while (!finished && World.runState(segment) != RunState.detached(number())) {
                try {
                    TimeUnit.MILLISECONDS.timedWait(monitor, LOOK_AGAIN_MS);
                } catch (final InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Is the mutator away from its transaction?
     *
     * @return true between {@link #detach} and {@link #reattach()}.
     */
    public final boolean isDetached() {
        return absence != Absence.NONE;
    }

    @Override
    public final boolean finishDetached(final long before) {
        final Segment own = segment;
        boolean done = false;
        try {
            if (!serial) {
                collectForOther(own);
                heap.transactions().commit(own);
                counters.logEntries += own.logMemory().takeEntryCount();
            }
            done = true;
        } catch (final OutOfHeapException nothingMoved) {
            // Whoever wanted this waits on; the owner is told when it commits.
            return false;
        } finally {
            if (done) {
                countCommit(own);
                commitRegistrations();
                decided(Contention.FINISHED_BY_OTHER);
                leave(own);
            } else {
                heap.world().giveBack(own, before);
            }
            synchronized (monitor) {
                finished = done;
                monitor.notifyAll();
            }
        }
        return true;
    }

    private void collectForOther(final Segment own) {
        if (own.hasYoung()) {
            final long youngBytes = own.nursery().usedBytes();
            heap.collectMinor(own, this, true);
            counters.bytesAllocated += youngBytes;
            counters.minorCollections++;
        }
    }

    /** Ends the transaction that was left, if nobody else has. */
    final void endDetached() {
        if (absence != Absence.NONE && comeBack()) {
            commit();
        }
    }

    /** How the transaction was left. */
    private enum Absence {
        /** It was not. */
        NONE,
        /** It was committed then. */
        COMMITTED,
        /** Anybody may commit it. */
        DETACHED,
        /** It stands still. */
        PARKED
    }
}

package org.segstm.heap.world;

import org.segstm.bridge.Memory;
import org.segstm.heap.HeapException;
import org.segstm.heap.segment.ControlPage;
import org.segstm.heap.segment.RunState;
import org.segstm.heap.segment.Segment;
import org.segstm.heap.segment.SegmentOwner;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Makes segments stand still. A mutator enters a segment with one compare-and-set of the run state word and then looks
 * at the request word; it leaves with a release store. Who wants the segments to stand still sets a request bit, then
 * looks at the run state. The thread that has made them stand still may enter them itself. Nobody waits here while
 * running in a segment: a waiting thread has parked first, so those who stop others wait for nobody but them.
 */
public final class World {
    private static final int SPINS_BEFORE_SLEEP = 2000;
    private static final long LOOK_AGAIN_MS = 1;
    private static final long BORROWED_NS = TimeUnit.MICROSECONDS.toNanos(20);
    private static final long LOOK_FOR_DEAD_THREADS_MS = 50;

    private final StopRight stopRight = new StopRight();
    private final Object gate = new Object();
    private Segment[] segments = new Segment[0];
    private DeadOwnerHandler deadOwnerHandler;

    /**
     * Set once, before any mutator runs.
     *
     * @param all     segments that mutators run in.
     * @param handler called for a segment whose thread died in it.
     */
    public void segments(final Segment[] all, final DeadOwnerHandler handler) {
        segments = all;
        deadOwnerHandler = handler;
    }

    /**
     * Tries to start running.
     *
     * @param segment to run in.
     * @param from    state to leave, idle or parked.
     * @return false when the segment is in another state or has to stand still.
     */
    public boolean tryEnter(final Segment segment, final long from) {
        if (!Memory.compareAndSetLong(runStateAddress(segment), from, RunState.RUNNING)) {
            return false;
        }
        if (Memory.getLongAcquire(requestsAddress(segment)) != 0) {
            return enterAsked(segment, from);
        }
        return true;
    }

    private boolean enterAsked(final Segment segment, final long back) {
        if (back == RunState.IDLE) {
            Memory.getAndBitwiseAndLong(requestsAddress(segment), RunState.STOP);
        }
        if (!mustStandStill(segment)) {
            return true;
        }
        leaveAsked(segment, back);
        return false;
    }

    /**
     * Stops running. A release store only: who waits for this looks again after a while when nobody wakes it.
     *
     * @param segment that the caller runs in.
     * @param to      new state, idle or parked.
     */
    public void leave(final Segment segment, final long to) {
        Memory.putLongRelease(runStateAddress(segment), to);
        if (Memory.getLong(requestsAddress(segment)) != 0) {
            wakeStopper();
        }
    }

    private void leaveAsked(final Segment segment, final long to) {
        Memory.putLongVolatile(runStateAddress(segment), to);
        wakeStopper();
    }

    private void wakeStopper() {
        synchronized (gate) {
            gate.notifyAll();
        }
    }

    /**
     * Stands still inside a transaction: counts as a safepoint until {@link #unpark}.
     *
     * @param segment that the caller runs in.
     */
    public void park(final Segment segment) {
        leave(segment, RunState.PARKED);
    }

    /**
     * Runs again after {@link #park}; waits while others have to stand still.
     *
     * @param segment that the caller parked.
     */
    public void unpark(final Segment segment) {
        while (!tryEnter(segment, RunState.PARKED)) {
            awaitEntry(segment);
        }
        segment.nursery().acknowledge();
    }

    /**
     * Waits, asleep, until it may be possible to enter a segment with a transaction of the caller's.
     *
     * @param segment that has to stand still, or is borrowed.
     */
    public void awaitEntry(final Segment segment) {
        if (!awaitResume(segment)) {
            LockSupport.parkNanos(this, BORROWED_NS);
        }
    }

    /**
     * Lets anybody end the transaction that runs in a segment. Whoever stops others sees it stand still.
     *
     * @param segment that the caller runs in.
     * @param mutator number of the mutator.
     */
    public void detach(final Segment segment, final long mutator) {
        Memory.compareAndSetLong(runStateAddress(segment), RunState.RUNNING, RunState.detached(mutator));
        if (Memory.getLongVolatile(requestsAddress(segment)) != 0) {
            wakeStopper();
        }
    }

    /**
     * Tries to take a transaction that stands still, to do something in its place. The caller runs in no segment.
     *
     * @param segment with the transaction.
     * @param from    its state, parked or detached.
     * @return false when it is in another state or everybody has to stand still.
     */
    public boolean tryBorrow(final Segment segment, final long from) {
        if (!Memory.compareAndSetLong(runStateAddress(segment), from, RunState.BORROWED)) {
            return false;
        }
        if (mustStandStill(segment)) {
            leaveAsked(segment, from);
            return false;
        }
        return true;
    }

    /**
     * Ends what {@link #tryBorrow} began.
     *
     * @param segment that was borrowed.
     * @param to      state that it had, or idle when its transaction was ended.
     */
    public void giveBack(final Segment segment, final long to) {
        Memory.putLongVolatile(runStateAddress(segment), to);
        if (isAskedToStop(segment)) {
            wakeStopper();
        }
    }

    /**
     * The run state of a segment.
     *
     * @param segment of the heap.
     * @return see {@link RunState}.
     */
    public static long runState(final Segment segment) {
        return Memory.getLongVolatile(runStateAddress(segment));
    }

    /**
     * Waits while a segment has to stand still.
     *
     * @param segment that the caller does not run in.
     * @return false when it need not stand still.
     */
    public boolean awaitResume(final Segment segment) {
        boolean interrupted = false;
        boolean waited = false;
        synchronized (gate) {
            while (mustStandStill(segment)) {
                if (stopRight.isAbandoned()) {
                    break;
                }
                interrupted |= waitAtGate(LOOK_FOR_DEAD_THREADS_MS);
                waited = true;
            }
        }
        endAbandonedStop();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return waited;
    }

    /**
     * Serves the stop request at a safepoint, if there is one.
     *
     * @param segment that the caller runs in.
     */
    public void standStillIfAsked(final Segment segment) {
        if (mustStandStill(segment)) {
            park(segment);
            unpark(segment);
        }
    }

    /**
     * Takes all requests but the lasting ones.
     *
     * @param segment that the caller runs in.
     * @return the requests, see {@link RunState}.
     */
    public long takeRequests(final Segment segment) {
        final long address = requestsAddress(segment);
        return (Memory.getLongVolatile(address) & ~RunState.LASTING) == 0 ? 0
            : Memory.getAndBitwiseAndLong(address, RunState.LASTING) & ~RunState.LASTING;
    }

    /**
     * Asks a running transaction to validate at its next safepoint.
     *
     * @param segment it runs in.
     */
    public void requestValidate(final Segment segment) {
        if (isRunning(segment)) {
            request(segment, RunState.VALIDATE);
        }
    }

    /**
     * Asks a transaction for something. It finds out at its next safepoint, be it running or standing still now.
     *
     * @param segment  it runs in.
     * @param requests see {@link RunState}.
     */
    public void request(final Segment segment, final long requests) {
        final long before = Memory.getAndBitwiseOrLong(requestsAddress(segment), requests);
        if ((before & requests) != requests) {
            segment.nursery().signal();
        }
    }

    /**
     * Asks all transactions for something, like {@link #request}.
     *
     * @param requests see {@link RunState}.
     */
    public void requestOfAll(final long requests) {
        for (final Segment segment : segments) {
            request(segment, requests);
        }
    }

    /**
     * Makes all segments stand still and keeps others from doing the same. The caller runs in none of them; from then
     * on it is the only thread that can. Calls nest.
     *
     * @throws HeapException when a segment is being run by the calling thread itself.
     */
    public void stopAll() {
        acquireRight();
        boolean stopped = false;
        try {
            for (final Segment segment : segments) {
                Memory.getAndBitwiseOrLong(requestsAddress(segment), RunState.STOP);
                if (isRunning(segment)) {
                    segment.nursery().signal();
                }
            }
            for (final Segment segment : segments) {
                awaitStill(segment);
            }
            stopped = true;
        } finally {
            if (!stopped) {
                resumeAll();
            }
        }
    }

    /** Ends what {@link #stopAll} began. */
    public void resumeAll() {
        if (stopRight.depth() == 1) {
            withdrawRequests();
        }
        stopRight.release();
    }

    private void withdrawRequests() {
        for (final Segment segment : segments) {
            Memory.getAndBitwiseAndLong(requestsAddress(segment), ~RunState.STOP);
        }
        wakeStopper();
    }

    private void acquireRight() {
        if (stopRight.acquire()) {
            withdrawRequests();
        }
    }

    /** A thread that died while it made all others stand still must not do so for ever. */
    public void endAbandonedStop() {
        if (stopRight.isAbandoned()) {
            acquireRight();
            stopRight.release();
        }
    }

    /**
     * Does the calling thread make all others stand still? Then it must not wait for one of them.
     *
     * @return true between {@link #stopAll} and {@link #resumeAll}.
     */
    public boolean isStoppedByCaller() {
        return stopRight.isMine();
    }

    private void awaitStill(final Segment segment) {
        boolean interrupted = false;
        for (int i = 0; i < SPINS_BEFORE_SLEEP && isRunning(segment); i++) {
            Thread.onSpinWait();
        }
        synchronized (gate) {
            while (isRunning(segment)) {
                final SegmentOwner owner = segment.owner();
                if (owner != null && segment.inTransaction() && owner.thread() == Thread.currentThread()
                    && runState(segment) == RunState.RUNNING) {
                    throw new HeapException("mutator " + owner.name() + " is executing on this very thread: park() it "
                        + "before another mutator is driven from here");
                }
                if (!reapIfDead(segment)) {
                    interrupted |= waitAtGate(LOOK_AGAIN_MS);
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Ends the transaction of a thread that died in it, so that nobody waits for it.
     *
     * @param segment of the heap.
     * @return true when its thread was dead and the segment is idle now.
     */
    public boolean reapIfDead(final Segment segment) {
        // Who made the world stand still may be at work on this very segment.
        if (!stopRight.tryAcquire()) {
            return false;
        }
        try {
            synchronized (gate) {
                final boolean dead = isOwnerDead(segment) && takeFromDead(segment);
                if (dead) {
                    deadOwnerHandler.ownerDied(segment, segment.owner());
                    leaveAsked(segment, RunState.IDLE);
                }
                return dead;
            }
        } finally {
            stopRight.release();
        }
    }

    /** The owner is looked at twice: the transaction must not be that of a next one who took the segment over. */
    private static boolean isOwnerDead(final Segment segment) {
        final SegmentOwner owner = segment.owner();
        if (owner == null || owner.thread().isAlive()
            || runState(segment) == RunState.IDLE || !segment.inTransaction()) {
            return false;
        }
        Memory.fullFence();
        return segment.owner() == owner;
    }

    /** Others may borrow a transaction that is parked; one that is detached needs no thread. */
    private static boolean takeFromDead(final Segment segment) {
        final long state = runState(segment);
        return state == RunState.RUNNING || state == RunState.PARKED
            && Memory.compareAndSetLong(runStateAddress(segment), RunState.PARKED, RunState.BORROWED);
    }

    private boolean waitAtGate(final long milliseconds) {
        try {
            gate.wait(milliseconds);
            return false;
        } catch (final InterruptedException e) {
            return true;
        }
    }

    /**
     * Is a mutator executing in a segment, or somebody in its place?
     *
     * @param segment of the heap.
     * @return true when it is.
     */
    public static boolean isRunning(final Segment segment) {
        final long state = runState(segment);
        return state == RunState.RUNNING || state == RunState.BORROWED;
    }

    /**
     * Is a segment asked to stand still by another thread?
     *
     * @param segment of the heap.
     * @return true when it must.
     */
    public boolean mustStandStill(final Segment segment) {
        return isAskedToStop(segment) && !stopRight.isMine();
    }

    private static boolean isAskedToStop(final Segment segment) {
        return (Memory.getLongVolatile(requestsAddress(segment)) & RunState.STOP) != 0;
    }

    private static long runStateAddress(final Segment segment) {
        return segment.control() + ControlPage.RUN_STATE_OFFSET;
    }

    private static long requestsAddress(final Segment segment) {
        return segment.control() + ControlPage.REQUESTS_OFFSET;
    }

    /** Cleans up after a thread that died inside a segment. */
    public interface DeadOwnerHandler {
        /**
         * Rolls back what the owner's thread left.
         *
         * @param segment that it ran in; nobody runs there now.
         * @param owner   whose thread is dead.
         */
        void ownerDied(Segment segment, SegmentOwner owner);
    }
}

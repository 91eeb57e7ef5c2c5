package org.segstm.heap.world;

import org.segstm.heap.HeapException;
import org.segstm.heap.log.CommitLog;
import org.segstm.heap.segment.RunState;
import org.segstm.heap.segment.Segment;
import org.segstm.heap.segment.SegmentOwner;

import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/**
 * Hands segments to mutators. A mutator keeps its segment between transactions and enters it again with one
 * compare-and-set; when there are more mutators than segments, they queue, first come first served. A segment is handed
 * on when its owner ends a transaction and has had it for a time slice, so that many tiny transactions do not cost a
 * thread switch each; one whose owner stays away is taken over. The end of a transaction pays for that only while
 * somebody has waited for a time slice already.
 */
public final class SegmentPool {
    private static final long TIME_SLICE_NS = TimeUnit.MILLISECONDS.toNanos(2);

    private final Segment[] segments;
    private final World world;
    private final CommitLog log;
    private final Predicate<Segment> detachedFinisher;
    private final ArrayDeque<Waiter> queue = new ArrayDeque<>();
    private volatile int waiting;
    /** Has the first in the queue waited for a time slice in vain? Looked at in every end of a transaction. */
    private volatile boolean wanted;

    /**
     * Makes the pool.
     *
     * @param segments that mutators run in.
     * @param world    of the heap.
     * @param log      of the heap: a segment that follows it already is preferred.
     * @param finisher ends a detached transaction in a segment, if there is one, and says so.
     */
    public SegmentPool(
        final Segment[] segments, final World world, final CommitLog log, final Predicate<Segment> finisher) {
        this.detachedFinisher = finisher;
        this.segments = segments;
        this.world = world;
        this.log = log;
    }

    /**
     * Enters a segment after the fast path failed. Waits for a free one.
     *
     * @param owner     that wants to run.
     * @param preferred segment it had last, or null.
     * @return a segment that the caller runs in now.
     */
    public Segment acquire(final SegmentOwner owner, final Segment preferred) {
        final Waiter waiter;
        Segment found = tryAcquire(owner, preferred);
        if (found == null && finishDetached()) {
            found = tryAcquire(owner, preferred);
        }
        if (found != null) {
            return found;
        }
        synchronized (this) {
            if (world.isStoppedByCaller()) {
                throw new HeapException("all " + segments.length + " segments are in transactions that this very "
                    + "thread has stopped: resume the others first");
            }
            checkNotAllMine();
            waiter = new Waiter(owner);
            queue.add(waiter);
            waiting = queue.size();
        }
        return await(waiter);
    }

    private synchronized Segment tryAcquire(final SegmentOwner owner, final Segment preferred) {
        return queue.isEmpty() || world.isStoppedByCaller() ? take(owner, preferred) : null;
    }

    private boolean finishDetached() {
        boolean finished = false;
        for (final Segment segment : segments) {
            finished |= detachedFinisher.test(segment);
        }
        return finished;
    }

    private void askToCommit() {
        for (final Segment segment : segments) {
            if (segment.inTransaction()) {
                world.request(segment, RunState.COMMIT_SOON);
            }
        }
    }

    private Segment await(final Waiter waiter) {
        boolean interrupted = false;
        Segment found;
        Waiter next = null;
        while (true) {
            final boolean head;
            synchronized (this) {
                found = waiter.granted;
                head = queue.peek() == waiter;
                if (found == null && head) {
                    found = take(waiter.owner, null);
                    if (found != null) {
                        next = removeHead();
                        break;
                    }
                }
            }
            if (found != null) {
                if (world.tryEnter(found, RunState.IDLE)) {
                    synchronized (this) {
                        found.reserved(false);
                    }
                    break;
                }
                if (!world.awaitResume(found)) {
                    // Its owner was about to leave it, and may have lost its processor to this thread.
                    Thread.yield();
                }
            } else if (head && !finishDetached()) {
                askToCommit();
                world.endAbandonedStop();
                LockSupport.parkNanos(this, TIME_SLICE_NS);
                wantSegment(waiter);
            } else if (!head) {
                LockSupport.park(this);
            }
            interrupted |= Thread.interrupted();
        }
        wake(next);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return found;
    }

    private synchronized void wantSegment(final Waiter waiter) {
        wanted = queue.peek() == waiter;
    }

    /**
     * Does somebody wait for a segment?
     *
     * @return true when someone does.
     */
    public boolean isContended() {
        return waiting != 0;
    }

    /**
     * Leaves a segment between transactions, handing it on when somebody has waited for it long enough and the owner's
     * time slice is over.
     *
     * @param segment that the caller runs in.
     */
    public void leave(final Segment segment) {
        if (wanted && !world.isStoppedByCaller() && System.nanoTime() - segment.ownedSinceNanos() >= TIME_SLICE_NS) {
            handOn(segment);
        } else {
            world.leave(segment, RunState.IDLE);
        }
    }

    /**
     * Leaves a segment between transactions to who waits longest, if somebody does. Wakes nobody before it is left: who
     * is woken may take this thread's processor.
     *
     * @param segment that the caller runs in.
     */
    public void handOn(final Segment segment) {
        final Waiter waiter;
        final Waiter next;
        synchronized (this) {
            waiter = queue.peek();
            next = waiter == null ? null : removeHead();
            if (waiter != null) {
                give(segment, waiter.owner);
                segment.reserved(true);
                waiter.granted = segment;
            }
        }
        world.leave(segment, RunState.IDLE);
        wake(waiter);
        wake(next);
    }

    private static void wake(final Waiter waiter) {
        if (waiter != null) {
            LockSupport.unpark(waiter.thread);
        }
    }

    private Segment take(final SegmentOwner owner, final Segment preferred) {
        if (preferred != null && tryTake(preferred, owner)) {
            return preferred;
        }
        for (final Segment segment : segments) {
            if (segment.owner() == null && log.isAttached(segment) && tryTake(segment, owner)) {
                return segment;
            }
        }
        for (final Segment segment : segments) {
            if (segment.owner() == null && tryTake(segment, owner)) {
                return segment;
            }
        }
        for (final Segment segment : segments) {
            if (segment != preferred && tryTake(segment, owner)) {
                return segment;
            }
        }
        for (final Segment segment : segments) {
            if (!segment.reserved() && world.reapIfDead(segment) && tryTake(segment, owner)) {
                return segment;
            }
        }
        return null;
    }

    private boolean tryTake(final Segment segment, final SegmentOwner owner) {
        if (segment.reserved() || !world.tryEnter(segment, RunState.IDLE)) {
            return false;
        }
        give(segment, owner);
        return true;
    }

    private static void give(final Segment segment, final SegmentOwner owner) {
        segment.owner(owner);
        segment.ownedSinceNanos(System.nanoTime());
    }

    /** Returns who is first now, to be woken. */
    private Waiter removeHead() {
        queue.remove();
        waiting = queue.size();
        wanted = false;
        return queue.peek();
    }

    /** When this thread itself is in a transaction in every segment, waiting would never end. */
    private void checkNotAllMine() {
        for (final Segment segment : segments) {
            final SegmentOwner owner = segment.owner();
            if (!segment.inTransaction() || owner == null || owner.thread() != Thread.currentThread()) {
                return;
            }
        }
        throw new HeapException("all " + segments.length + " segments are in transactions driven by this very thread: "
            + "end one of them, or open the heap with more segments");
    }

    /** A mutator in the queue. */
    private static final class Waiter {
        private final SegmentOwner owner;
        private final Thread thread = Thread.currentThread();
        private Segment granted;

        Waiter(final SegmentOwner owner) {
            this.owner = owner;
        }
    }
}

package org.segstm.heap.tx;

import org.segstm.heap.HeapException;
import org.segstm.heap.segment.Segment;
import org.segstm.heap.segment.SegmentOwner;
import org.segstm.heap.world.World;

/**
 * Who holds the log closed, and the place where others sleep until it is open again. The closed mark in the log
 * decides; this is what one can wait on.
 */
public final class InevitableToken {
    private static final long LOOK_FOR_DEAD_THREADS_MS = 50;
    private final Object monitor = new Object();
    private volatile Segment holder;
    private volatile int waiting;

    /**
     * The segment of the inevitable transaction.
     *
     * @return segment or null.
     */
    public Segment holder() {
        return holder;
    }

    void take(final Segment segment) {
        holder = segment;
    }

    /** Before the log is opened: afterwards the next one may have taken it already. */
    void clear() {
        holder = null;
    }

    void wakeWaiting() {
        if (waiting != 0) {
            synchronized (monitor) {
                monitor.notifyAll();
            }
        }
    }

    /** Waiting for a transaction that the waiting thread itself drives would never end. */
    void checkCanWait(final Segment segment) {
        final Segment current = holder;
        final SegmentOwner owner = current == null ? null : current.owner();
        if (owner != null && owner.thread() == Thread.currentThread()) {
            throw new HeapException(segment.owner().name() + " would wait for the inevitable transaction of "
                + owner.name() + ", which is driven by the same thread: commit that one first");
        }
    }

    /**
     * Sleeps while somebody holds the token; now and then looks whether the holder's thread is still alive. The caller
     * is parked.
     */
    void await(final World world) {
        boolean interrupted = false;
        Segment current = holder;
        while (current != null) {
            synchronized (monitor) {
                waiting++;
                try {
                    if (holder == current) {
                        monitor.wait(LOOK_FOR_DEAD_THREADS_MS);
                    }
                } catch (final InterruptedException e) {
                    interrupted = true;
                } finally {
                    waiting--;
                }
            }
            current = holder;
            if (current != null) {
                world.reapIfDead(current);
                current = holder;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

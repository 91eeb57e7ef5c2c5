package org.segstm.heap;

import org.segstm.heap.segment.RunState;
import org.segstm.heap.segment.Segment;
import org.segstm.heap.segment.Watch;
import org.segstm.heap.tx.ChangeSignal;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Sleeps until a commit has changed something that a transaction, rolled back just now, has read. Its read markers stay
 * in the segment: the one who is woken applies the new entries and looks whether they meet a marker, without running.
 * It does so at most once per interval, so that others who commit all the time cost it next to nothing. When another
 * mutator has taken the segment, it waits for any newer commit.
 */
final class ChangeWait {
    private static final long INTERVAL_NS = TimeUnit.MICROSECONDS.toNanos(500);
    private static final long BUSY_NS = TimeUnit.MICROSECONDS.toNanos(20);
    private static final long LOOK_AT_REVISION_MS = 5;

    private final SegmentHeap heap;
    private final ChangeSignal signal;
    private final Watch watch;
    private Segment segment;
    private long revision;

    ChangeWait(final SegmentHeap heap) {
        this.heap = heap;
        this.signal = heap.transactions().changes();
        this.watch = new Watch(signal::changed);
    }

    /** The transaction has not been rolled back yet. */
    void begin(final Segment own) {
        segment = own;
        revision = own.viewRevision();
        own.watch(watch);
    }

    /** The markers have been used by the same mutator. */
    void markersAreLost() {
        watch.end();
    }

    void await(final String name) {
        try {
            long ticket = signal.arm();
            while (!isChanged()) {
                final long looked = System.nanoTime();
                signal.await(ticket, watch.isActive() ? 0 : LOOK_AT_REVISION_MS);
                LockSupport.parkNanos(this, INTERVAL_NS - (System.nanoTime() - looked));
                ticket = signal.arm();
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HeapException("interrupted while it waited for a change of what it has read: " + name, e);
        } finally {
            watch.end();
        }
    }

    private boolean isChanged() {
        while (watch.isActive()) {
            if (heap.world().tryEnter(segment, RunState.IDLE)) {
                try {
                    return isChangedHere();
                } finally {
                    heap.pool().leave(segment);
                }
            }
            heap.world().awaitResume(segment);
            LockSupport.parkNanos(this, BUSY_NS);
        }
        return watch.isTouched() || heap.log().newestRevision() > revision;
    }

    /** Nobody else runs in the segment. */
    private boolean isChangedHere() {
        if (!watch.isActive()) {
            return watch.isTouched() || heap.log().newestRevision() > revision;
        }
        final boolean valid = heap.transactions().validate(segment);
        revision = segment.viewRevision();
        return !valid;
    }
}

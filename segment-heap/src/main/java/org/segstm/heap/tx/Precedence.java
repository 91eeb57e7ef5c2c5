package org.segstm.heap.tx;

import org.segstm.heap.Contention;
import org.segstm.heap.event.Activity;
import org.segstm.heap.segment.Segment;
import org.segstm.heap.segment.SegmentOwner;
import org.segstm.heap.world.World;

import java.util.concurrent.TimeUnit;

/**
 * Lets an old transaction through that loses again and again: younger updates hold their commits back, asleep, until it
 * has committed or its time is over. Age counts from the first loss; the oldest claim holds.
 */
public final class Precedence {
    private final World world;
    private final Object monitor = new Object();
    private volatile Claim current;

    Precedence(final World world) {
        this.world = world;
    }

    /**
     * Asks others to hold back, unless somebody older does.
     *
     * @param owner      whose transaction has lost several times.
     * @param sinceNanos time of its first loss.
     * @param nanos      how long to hold back at most, from now on.
     * @return true when the others hold back now.
     */
    public boolean claim(final SegmentOwner owner, final long sinceNanos, final long nanos) {
        synchronized (monitor) {
            final Claim before = current;
            if (before != null && before.owner != owner && !before.isOver() && before.sinceNanos - sinceNanos < 0) {
                return false;
            }
            current = new Claim(owner, sinceNanos, System.nanoTime() + nanos);
            monitor.notifyAll();
            return true;
        }
    }

    /**
     * Ends holding back for an owner.
     *
     * @param owner who may have claimed it.
     */
    public void release(final SegmentOwner owner) {
        final Claim claim = current;
        if (claim != null && claim.owner == owner) {
            synchronized (monitor) {
                if (current == claim) {
                    current = null;
                    monitor.notifyAll();
                }
            }
        }
    }

    boolean isClaimed() {
        return current != null;
    }

    /** Sleeps while an older transaction has precedence. The caller runs in the segment and looks for doom then. */
    void holdBack(final Segment segment) {
        final Claim claim = current;
        if (claim != null && claim.concerns(segment.owner())) {
            segment.owner().decided(Contention.HELD_BACK);
            final Activity before = segment.owner().busyWith(Activity.WAIT_PRECEDENCE);
            world.park(segment);
            try {
                sleep(claim);
            } finally {
                world.unpark(segment);
                segment.owner().busyWith(before);
            }
        }
    }

    private void sleep(final Claim claim) {
        boolean interrupted = false;
        synchronized (monitor) {
            while (current == claim && !claim.isOver()) {
                try {
                    TimeUnit.NANOSECONDS.timedWait(monitor, Math.max(1, claim.untilNanos - System.nanoTime()));
                } catch (final InterruptedException e) {
                    interrupted = true;
                }
            }
            if (current == claim) {
                current = null;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Somebody asks others to hold back, for a time. */
    private static final class Claim {
        private final SegmentOwner owner;
        private final long sinceNanos;
        private final long untilNanos;

        Claim(final SegmentOwner owner, final long sinceNanos, final long untilNanos) {
            this.owner = owner;
            this.sinceNanos = sinceNanos;
            this.untilNanos = untilNanos;
        }

        boolean isOver() {
            return System.nanoTime() - untilNanos >= 0;
        }

        boolean concerns(final SegmentOwner other) {
            final long otherSince = other.triedSinceNanos();
            return other != owner && (otherSince == 0 || sinceNanos - otherSince < 0)
                && owner.thread() != Thread.currentThread();
        }
    }
}

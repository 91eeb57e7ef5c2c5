package org.segstm.gc.lincheck;

import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.segstm.heap.Contention;
import org.segstm.heap.event.Activity;
import org.segstm.heap.log.CommitLog;
import org.segstm.heap.segment.RunState;
import org.segstm.heap.segment.Segment;
import org.segstm.heap.segment.SegmentOwner;
import org.segstm.heap.world.SegmentPool;
import org.segstm.heap.world.World;

/**
 * Three threads share one segment. Each counts with a plain field of the segment while it has it: only when a segment
 * belongs to one at a time, and what the last one did is seen, do all counts differ.
 */
@Tag("lincheck")
@Timeout(120)
public class SegmentPoolTest {
    private static final int SPINS = 200;
    private final Segment[] segments = Segments.firstOnes(1);
    private final World world = new World();
    private final SegmentPool pool = new SegmentPool(segments, world,
        new CommitLog(Segments.reservationAddress(), segments[0].map(), segments.length),
        segment -> false);

    public SegmentPoolTest() {
        world.segments(segments, (segment, owner) -> {
            throw new AssertionError("nobody died: " + owner.name());
        });
    }

    private long count(final boolean handOn) {
        final Segment segment = pool.acquire(new Owner(), null);
        final long before = segment.viewRevision();
        segment.viewRevision(before + 1);
        if (handOn) {
            pool.handOn(segment);
        } else {
            world.leave(segment, RunState.IDLE);
        }
        return before;
    }

    /** Leaves the segment for anyone. */
    @Operation
    public long count() {
        return count(false);
    }

    /** Hands the segment to who waits longest. */
    @Operation
    public long countAndHandOn() {
        return count(true);
    }

    /** Makes the segment stand still, and counts too. */
    @Operation
    public long countWhileStopped() {
        world.stopAll();
        try {
            final long before = segments[0].viewRevision();
            for (int i = 0; i < SPINS; i++) {
                Thread.onSpinWait();
            }
            segments[0].viewRevision(before + 1);
            return before;
        } finally {
            world.resumeAll();
        }
    }

    @Test
    void shouldBelongToOneAtATimeWhenSegmentsChangeHands() {
        new StressOptions().threads(3).actorsPerThread(3).actorsBefore(0).actorsAfter(1)
            .iterations(15).invocationsPerIteration(150).sequentialSpecification(Counter.class).check(getClass());
    }

    /** What the pool must look like. */
    public static class Counter {
        private long next;

        /** Counts. */
        public long count() {
            return next++;
        }

        /** Counts. */
        public long countAndHandOn() {
            return next++;
        }

        /** Counts. */
        public long countWhileStopped() {
            return next++;
        }
    }

    private static final class Owner implements SegmentOwner {
        private final Thread thread = Thread.currentThread();

        @Override
        public String name() {
            return thread.getName();
        }

        @Override
        public Thread thread() {
            return thread;
        }

        @Override
        public long triedSinceNanos() {
            return 0;
        }

        @Override
        public void decided(final Contention decision) {
            throw new AssertionError("no transactions here: " + decision);
        }

        @Override
        public Activity busyWith(final Activity activity) {
            throw new AssertionError("no transactions here: " + activity);
        }

        @Override
        public boolean finishDetached(final long state) {
            throw new AssertionError("no transactions here: " + state);
        }
    }
}

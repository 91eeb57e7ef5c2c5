package org.segstm.gc.verify;

import org.segstm.gc.space.RefSet;
import org.segstm.heap.segment.Segment;
import org.segstm.heap.spi.StoppedHeap;
import org.segstm.heap.util.LongSequence;

import java.util.ArrayList;
import java.util.List;

/** What the running transactions of a heap have that nobody else may see. */
final class Uncommitted {
    private final List<InFlight> running = new ArrayList<>();

    Uncommitted(final StoppedHeap heap) {
        for (final Segment segment : heap.segments()) {
            if (segment.isSerial() || segment.inTransaction() && segment.doom() == null) {
                running.add(new InFlight(segment));
            }
        }
    }

    /** Of a segment in which nothing runs: null. */
    InFlight of(final Segment segment) {
        for (final InFlight inFlight : running) {
            if (inFlight.segment() == segment) {
                return inFlight;
            }
        }
        return null;
    }

    boolean isRunning(final Segment segment) {
        return of(segment) != null;
    }

    /** The transaction that made an object of the old space and has not committed it; null for a committed one. */
    InFlight makerOf(final long ref) {
        for (final InFlight inFlight : running) {
            if (inFlight.isFresh(ref) || inFlight.isYoungOutside(ref)) {
                return inFlight;
            }
        }
        return null;
    }

    static RefSet setOf(final LongSequence refs, final int from, final int step) {
        final RefSet set = new RefSet();
        for (int i = from; i < refs.size(); i += step) {
            set.add(refs.get(i));
        }
        return set;
    }
}

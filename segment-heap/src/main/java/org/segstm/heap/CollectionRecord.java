package org.segstm.heap;

import org.segstm.heap.spi.MajorResult;

/** Takes the figures of a collection while it runs. */
final class CollectionRecord {
    final CollectionEvent.Kind kind;
    final CollectionEvent.Cause cause;
    final String mutator;
    final long startNanos = System.nanoTime();
    final long[] phaseNanos = new long[CollectionEvent.Phase.values().length];
    long number;
    long usedBytesBefore;
    long usedBytesAfter;
    long privateBytesBefore;
    long privateBytesAfter;
    long liveBytes;
    long liveObjects;
    long returnedBytes;
    private long phaseStart = startNanos;

    CollectionRecord(final CollectionEvent.Kind kind, final CollectionEvent.Cause cause, final String mutator) {
        this.kind = kind;
        this.cause = cause;
        this.mutator = mutator;
    }

    /** A phase has ended now that began when the one before ended. */
    void ended(final CollectionEvent.Phase phase) {
        final long now = System.nanoTime();
        phaseNanos[phase.ordinal()] += now - phaseStart;
        phaseStart = now;
    }

    /** The phases of a major collection, which the collector has measured. */
    void result(final MajorResult result) {
        phaseNanos[CollectionEvent.Phase.MARK.ordinal()] = result.markNanos();
        phaseNanos[CollectionEvent.Phase.HOOKS.ordinal()] = result.hooksNanos();
        phaseNanos[CollectionEvent.Phase.SWEEP.ordinal()] = result.sweepNanos();
        phaseNanos[CollectionEvent.Phase.RETURN.ordinal()] = result.returnNanos();
        liveBytes = result.liveBytes();
        liveObjects = result.liveObjects();
        returnedBytes = result.returnedBytes();
    }
}

package org.segstm.heap.tx;

import org.segstm.heap.segment.Segment;

import java.util.concurrent.locks.LockSupport;

/** A thread that sleeps because the log is closed: to commit an entry, or to become inevitable itself. */
final class Waiter {
    private final Segment segment;
    private final Thread thread = Thread.currentThread();
    private final long sinceNanos = System.nanoTime();
    private final long entry;
    private final long bytes;
    private final long restarts;
    private boolean blocked;
    private volatile Verdict verdict;

    private Waiter(final Segment segment, final long entry, final long bytes, final long restarts) {
        this.segment = segment;
        this.entry = entry;
        this.bytes = bytes;
        this.restarts = restarts;
    }

    static Waiter toCommit(final Segment segment, final long entry, final long bytes, final long restarts) {
        return new Waiter(segment, entry, bytes, restarts);
    }

    static Waiter toBecomeInevitable(final Segment segment) {
        return new Waiter(segment, 0, 0, 0);
    }

    Segment segment() {
        return segment;
    }

    long entry() {
        return entry;
    }

    long bytes() {
        return bytes;
    }

    /** Restarts of the log when the entry was built. */
    long restarts() {
        return restarts;
    }

    boolean hasWaited(final long nanos) {
        return System.nanoTime() - sinceNanos > nanos;
    }

    /** The inevitable transaction has read what the entry writes: no use looking again before it ends. */
    boolean blocked() {
        return blocked;
    }

    void block() {
        blocked = true;
    }

    Verdict verdict() {
        return verdict;
    }

    void verdict(final Verdict newVerdict) {
        verdict = newVerdict;
        wake();
    }

    void wake() {
        LockSupport.unpark(thread);
    }

    /** What became of a commit that waited. */
    enum Verdict {
        /** It is in the log, and the transaction has ended. */
        COMMITTED,
        /** It conflicts. */
        CONFLICT,
        /** The log was opened, or the entry has to be built anew. */
        AGAIN
    }
}

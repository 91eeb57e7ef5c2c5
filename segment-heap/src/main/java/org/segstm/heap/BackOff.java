package org.segstm.heap;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/** Pauses before a transaction is tried again: not at all at first, then for random times that double. */
final class BackOff {
    private static final int ATTEMPTS_WITHOUT_PAUSE = 2;
    private static final long FIRST_PAUSE_NS = 1_000;
    private static final int MOST_DOUBLINGS = 8;
    private int aborts;

    void reset() {
        aborts = 0;
    }

    void pause() {
        aborts++;
        final int doublings = Math.min(MOST_DOUBLINGS, aborts - ATTEMPTS_WITHOUT_PAUSE);
        if (doublings > 0) {
            LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(FIRST_PAUSE_NS << doublings));
        }
    }
}

package org.segstm.heap;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * What a mutator remembers of the tries of one transaction: how many conflicts it lost, since when, and how long a try
 * takes. Pauses before the next try: not at all at first, then for random times that double.
 */
final class Patience {
    private static final int TRIES_WITHOUT_PAUSE = 2;
    private static final int TRIES_BEFORE_PRECEDENCE = 3;
    private static final long FIRST_PAUSE_NS = 1_000;
    private static final int MOST_DOUBLINGS = 8;
    /** To put others to sleep costs about as much as that: shorter ones get through between pauses. */
    private static final long SHORT_TRY_NS = TimeUnit.MICROSECONDS.toNanos(100);
    private static final int MARGIN = 2;
    private static final long LEAST_PRECEDENCE_NS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long MOST_PRECEDENCE_NS = TimeUnit.MILLISECONDS.toNanos(100);
    private int lost;
    private long firstNanos;
    private long lastNanos;
    private long longestTryNanos;
    private boolean hasPrecedence;

    boolean hasLost() {
        return lost != 0;
    }

    /** Time of the first loss, 0 when there was none. */
    long sinceNanos() {
        return firstNanos;
    }

    void reset() {
        lost = 0;
        firstNanos = 0;
        hasPrecedence = false;
        longestTryNanos = 0;
    }

    void lose() {
        final long now = System.nanoTime();
        if (lost++ == 0) {
            firstNanos = now;
        } else {
            longestTryNanos = Math.max(longestTryNanos, now - lastNanos);
        }
        lastNanos = now;
        hasPrecedence = false;
    }

    boolean deservesPrecedence() {
        return lost >= TRIES_BEFORE_PRECEDENCE && longestTryNanos >= SHORT_TRY_NS;
    }

    void hasPrecedence(final boolean given) {
        hasPrecedence = given;
    }

    /** How long others are to hold back. */
    long precedenceNanos() {
        return Math.min(MOST_PRECEDENCE_NS, LEAST_PRECEDENCE_NS + MARGIN * longestTryNanos);
    }

    /** How long to pause before the next try, 0 for not at all. */
    long pauseNanos() {
        final int doublings = Math.min(MOST_DOUBLINGS, lost - TRIES_WITHOUT_PAUSE);
        return doublings <= 0 || hasPrecedence ? 0
            : 1 + ThreadLocalRandom.current().nextLong(FIRST_PAUSE_NS << doublings);
    }

    void pause(final long nanos) {
        LockSupport.parkNanos(nanos);
        lastNanos = System.nanoTime();
    }
}

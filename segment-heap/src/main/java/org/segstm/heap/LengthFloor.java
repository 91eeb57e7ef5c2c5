package org.segstm.heap;

import java.util.function.LongSupplier;

/**
 * The length below which aborts do not shorten transactions any more, one for all mutators of a heap. Where any two
 * transactions conflict, long ones that often lose can still do more than short ones that seldom do, as each commit has
 * its price; but only when all are long, as a long one among short ones always loses. So it is found by trying: over an
 * epoch of some transactions the polls committed per nanosecond, of all who lose now and then, are measured; a greater
 * floor is tried for the next, and kept when it does better, or half of it, kept when it does as well. The longer this
 * was in vain, the rarer it is. Without aborts nothing is measured.
 */
final class LengthFloor {
    private static final int TRANSACTIONS_IN_EPOCH = 64;
    private static final long LEAST_EPOCH_NS = 400_000;
    private static final int LONGEST_HOLD = 64;
    private static final double BETTER = 1.03;
    private static final int MOST_LOG_STEP_UP = 3;

    private final LongSupplier clock;
    private final long least;
    private final long most;
    private volatile long floor;
    private int transactions;
    private long committedPolls;
    private long since;
    private double best;
    /** 1 while a longer one is tried, -1 while a shorter one is. */
    private int trying;
    private long untried;
    /** Doublings that are tried at once: a plateau may lie between a short length and a good one. */
    private int logStepUp = 1;
    private boolean down;
    private int hold = 1;
    private int holdLeft;

    LengthFloor(final long least, final long most, final LongSupplier clock) {
        this.clock = clock;
        this.least = least;
        this.most = most;
        this.floor = least;
    }

    long polls() {
        return floor;
    }

    /** Transactions of a mutator have ended, and the polls of those of them that committed. */
    synchronized void ended(final int newTransactions, final long newPolls) {
        transactions += newTransactions;
        committedPolls += newPolls;
        if (transactions < TRANSACTIONS_IN_EPOCH) {
            return;
        }
        final long now = clock.getAsLong();
        if (since != 0 && now - since < LEAST_EPOCH_NS) {
            return;
        }
        if (since != 0) {
            decide((double) committedPolls / (now - since));
        }
        transactions = 0;
        committedPolls = 0;
        since = now;
    }

    private void decide(final double rate) {
        final boolean improved = rate > best * BETTER;
        final boolean equal = rate * BETTER > best;
        if (trying > 0 && improved || trying < 0 && equal) {
            best = rate;
            hold = 1;
            tryNext(trying);
        } else if (trying != 0) {
            if (trying > 0) {
                logStepUp = logStepUp % MOST_LOG_STEP_UP + 1;
            }
            floor = untried;
            trying = 0;
            hold = Math.min(LONGEST_HOLD, hold << 1);
            holdLeft = hold;
            down = !down;
        } else {
            best = rate;
            if (--holdLeft <= 0) {
                tryNext(down ? -1 : 1);
            }
        }
    }

    /** A shorter one that does as well is better: it makes others wait less. */
    private void tryNext(final int direction) {
        untried = floor;
        floor = direction > 0 ? Math.min(most, floor << logStepUp) : Math.max(least, floor >> 1);
        trying = floor == untried ? 0 : direction;
        if (trying == 0) {
            down = !down;
        }
    }
}

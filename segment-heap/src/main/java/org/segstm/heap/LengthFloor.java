package org.segstm.heap;

import java.util.function.LongSupplier;

/**
 * The length below which aborts do not shorten transactions any more. Where any two transactions conflict, long ones
 * that lose now and then can still do more than short ones that never do, as each commit has its price. So it is found
 * by trying: over an epoch of some transactions the polls committed per nanosecond are measured; twice the floor is
 * tried for the next, and kept when it does better, or half of it, kept when it does as well. The longer this was in
 * vain, the rarer it is. Without aborts nothing is measured.
 */
final class LengthFloor {
    private static final int TRANSACTIONS_IN_EPOCH = 32;
    private static final long LEAST_EPOCH_NS = 200_000;
    private static final int ABORTS_BEFORE = 64;
    private static final int LONGEST_HOLD = 64;
    private static final double BETTER = 1.03;

    private final LongSupplier clock;
    private final long least;
    private final long most;
    private long floor;
    private long aborts;
    private int transactions;
    private long committedPolls;
    private long since;
    private double best;
    /** 1 while a longer one is tried, -1 while a shorter one is. */
    private int trying;
    private long untried;
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

    void committed(final long polls) {
        if (aborts >= ABORTS_BEFORE) {
            committedPolls += polls;
            ended();
        }
    }

    void aborted() {
        if (++aborts >= ABORTS_BEFORE) {
            ended();
        }
    }

    private void ended() {
        if (++transactions < TRANSACTIONS_IN_EPOCH) {
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
        floor = direction > 0 ? Math.min(most, floor << 1) : Math.max(least, floor >> 1);
        trying = floor == untried ? 0 : direction;
        if (trying == 0) {
            down = !down;
        }
    }
}

package org.segstm.heap;

import java.util.function.LongSupplier;

/**
 * The length below which aborts do not shorten transactions any more, one for all mutators of a heap. Where any two
 * transactions conflict, long ones that often lose can still do more than short ones that seldom do, as each commit has
 * its price; but only when all are long, as a long one among short ones always loses. So it is found by trying: the
 * polls committed per nanosecond, of all who lose now and then, are measured in turns with the floor as it is and with
 * another one, until it is clear which does more. How near the processors are to each other changes within seconds,
 * so that only neighbours in time can be compared. The longer nothing better was found, the rarer this is. Without
 * aborts nothing is measured.
 */
final class LengthFloor {
    private static final int TRANSACTIONS_IN_EPOCH = 64;
    /** What still runs with the floor of before. */
    private static final int TRANSACTIONS_TO_SETTLE = 32;
    private static final long LEAST_EPOCH_NS = 400_000;
    private static final int MOST_PAIRS = 8;
    /** A pair of epochs tells no more than that: another process may have had the processor in one of them. */
    private static final double MOST_GAIN_OF_PAIR = 0.25;
    private static final double CLEARLY_BETTER = 0.5;
    private static final double CLEARLY_WORSE = -0.25;
    private static final double BETTER_AT_LAST = 0.03 * MOST_PAIRS;
    private static final int LONGEST_HOLD = 32;
    /** Doublings that are tried at once: a plateau may lie between a short length and a good one. */
    private static final int MOST_LOG_STEP = 5;
    private static final int FIRST_LOG_STEP = 2;

    private final LongSupplier clock;
    private final long least;
    private final long most;
    private volatile long floor;
    private int transactions;
    private long committedPolls;
    private long since;
    private long kept;
    private long tried;
    /** Doublings from the one that is kept to the one that is tried; below 0 it is shorter. */
    private int logStep = FIRST_LOG_STEP;
    private double rateOfKept;
    private double gain;
    private int pairs;
    private int hold = 1;
    private int holdLeft;

    LengthFloor(final long least, final long most, final LongSupplier clock) {
        this.clock = clock;
        this.least = least;
        this.most = most;
        this.floor = least;
        this.kept = least;
        this.tried = least;
        this.transactions = -TRANSACTIONS_TO_SETTLE;
    }

    long polls() {
        return floor;
    }

    /** Transactions of a mutator have ended, and the polls of those of them that committed. */
    synchronized void ended(final int newTransactions, final long newPolls) {
        final boolean settling = transactions < 0;
        transactions += newTransactions;
        committedPolls += newPolls;
        if (settling && transactions >= 0) {
            beginEpoch();
        } else if (transactions >= TRANSACTIONS_IN_EPOCH) {
            final long nanos = clock.getAsLong() - since;
            if (nanos >= LEAST_EPOCH_NS) {
                epochEnded((double) committedPolls / nanos);
            }
        }
    }

    private void beginEpoch() {
        transactions = 0;
        committedPolls = 0;
        since = clock.getAsLong();
    }

    private void epochEnded(final double rate) {
        if (tried == kept) {
            if (--holdLeft <= 0) {
                tryNext();
            }
            rateOfKept = rate;
        } else if (floor == kept) {
            rateOfKept = rate;
        } else {
            gain += Math.max(-MOST_GAIN_OF_PAIR, Math.min(MOST_GAIN_OF_PAIR, rate / rateOfKept - 1));
            pairs++;
            decide();
        }
        final long next = tried == kept || floor == tried ? kept : tried;
        if (next == floor) {
            beginEpoch();
        } else {
            floor = next;
            transactions = -TRANSACTIONS_TO_SETTLE;
        }
    }

    private void decide() {
        if (gain >= CLEARLY_BETTER || pairs == MOST_PAIRS && gain >= BETTER_AT_LAST) {
            kept = tried;
            hold = 1;
            tried = moved(logStep);
        } else if (gain <= CLEARLY_WORSE || pairs == MOST_PAIRS) {
            tried = kept;
            hold = Math.min(LONGEST_HOLD, hold << 1);
            holdLeft = hold;
            turn();
        } else {
            return;
        }
        gain = 0;
        pairs = 0;
    }

    /** Longer, shorter, then the same in steps of another size: 2, 4, 1, 3, 5 doublings. */
    private void turn() {
        logStep = logStep > 0 ? -logStep : (FIRST_LOG_STEP - 1 - logStep) % MOST_LOG_STEP + 1;
    }

    private void tryNext() {
        tried = moved(logStep);
        if (tried == kept) {
            turn();
            tried = moved(logStep);
        }
    }

    private long moved(final int doublings) {
        return Math.max(least, doublings < 0 ? kept >> -doublings : Math.min(most, kept << doublings));
    }
}

package org.segstm.heap;

/**
 * How long a mutator's next transaction may be. Like the congestion window of TCP: it starts small and doubles with
 * each transaction that was ended by it and committed; an abort halves it, and remembers the half as the length from
 * which on it grows only by an eighth of that. Who has lost often does not
 * fall below the {@link LengthFloor}.
 */
final class TransactionLength {
    private static final int LOG_GROWTH_SHARE = 3;
    private static final int ABORTS_BEFORE_FLOOR = 64;
    private static final int TRANSACTIONS_IN_REPORT = 16;
    private final LengthBounds bounds;
    private final LengthFloor floor;
    private long polls;
    private long bytes;
    private long thresholdPolls = Long.MAX_VALUE;
    private long thresholdBytes = Long.MAX_VALUE;
    private long aborts;
    private int unreported;
    private long unreportedPolls;

    TransactionLength(final LengthBounds bounds, final LengthFloor floor) {
        this.bounds = bounds;
        this.floor = floor;
        this.polls = bounds.leastPolls();
        this.bytes = bounds.leastBytes();
    }

    long polls() {
        return polls;
    }

    long bytes() {
        return bytes;
    }

    void committed() {
        final long done = polls;
        polls = Math.min(bounds.mostPolls(), grown(polls, thresholdPolls));
        bytes = Math.min(bounds.mostBytes(), grown(bytes, thresholdBytes));
        ended(done);
    }

    private static long grown(final long length, final long threshold) {
        return length < threshold ? Math.min(threshold, length * 2)
            : length + Math.max(1, threshold >>> LOG_GROWTH_SHARE);
    }

    void aborted() {
        aborts++;
        polls = Math.max(bounds.leastPolls(), polls / 2);
        bytes = Math.max(bounds.leastBytes(), bytes / 2);
        ended(0);
        thresholdPolls = polls;
        thresholdBytes = bytes;
    }

    private void ended(final long committedPolls) {
        if (aborts < ABORTS_BEFORE_FLOOR) {
            return;
        }
        polls = Math.max(floor.polls(), polls);
        unreportedPolls += committedPolls;
        if (++unreported == TRANSACTIONS_IN_REPORT) {
            floor.ended(unreported, unreportedPolls);
            unreported = 0;
            unreportedPolls = 0;
        }
    }
}

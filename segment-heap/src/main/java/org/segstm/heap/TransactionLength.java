package org.segstm.heap;

/**
 * How long a mutator's next transaction may be. Like the congestion window of TCP: it starts small and doubles with
 * each transaction that was ended by it and committed; an abort halves it, and remembers the half as the length from
 * which on it grows only by an eighth of that. It does not fall below the {@link LengthFloor}.
 */
final class TransactionLength {
    private static final int LOG_GROWTH_SHARE = 3;
    private final LengthBounds bounds;
    private long polls;
    private long bytes;
    private long thresholdPolls = Long.MAX_VALUE;
    private long thresholdBytes = Long.MAX_VALUE;
    private final LengthFloor floor;

    TransactionLength(final LengthBounds bounds) {
        this.bounds = bounds;
        this.polls = bounds.leastPolls();
        this.bytes = bounds.leastBytes();
        this.floor = new LengthFloor(bounds.leastPolls(), bounds.mostPolls(), System::nanoTime);
    }

    long polls() {
        return polls;
    }

    long bytes() {
        return bytes;
    }

    void committed() {
        floor.committed(polls);
        polls = Math.min(bounds.mostPolls(), grown(polls, thresholdPolls));
        bytes = Math.min(bounds.mostBytes(), grown(bytes, thresholdBytes));
    }

    private static long grown(final long length, final long threshold) {
        return length < threshold ? Math.min(threshold, length * 2)
            : length + Math.max(1, threshold >>> LOG_GROWTH_SHARE);
    }

    void aborted() {
        floor.aborted();
        polls = Math.max(floor.polls(), polls / 2);
        bytes = Math.max(bounds.leastBytes(), bytes / 2);
        thresholdPolls = polls;
        thresholdBytes = bytes;
    }
}

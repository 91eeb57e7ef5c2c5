package org.segstm.bench.throughput;

/** Tells the workers when a round is over, and when it was the last. Set by the measuring thread. */
final class Round {
    private volatile boolean over;
    private volatile boolean last;

    void start() {
        over = false;
    }

    void end() {
        over = true;
    }

    void noMore() {
        last = true;
    }

    boolean isOver() {
        return over;
    }

    boolean isLast() {
        return last;
    }
}

package org.segstm.bench.compare.workload;

/** Tells threads when a round is over, and when it was the last. Set by the measuring thread. */
public final class Round {
    private volatile boolean over;
    private volatile boolean last;

    /** Begins a round. */
    public void start() {
        over = false;
    }

    /** Ends a round. */
    public void end() {
        over = true;
    }

    /** Says that no round follows. */
    public void noMore() {
        last = true;
    }

    /**
     * Is the round over?
     *
     * @return true after its end.
     */
    public boolean isOver() {
        return over;
    }

    /**
     * Was it the last one?
     *
     * @return true when no round follows.
     */
    public boolean isLast() {
        return last;
    }
}

package org.segstm.heap.segment;

/**
 * A mutator between transactions that sleeps until something is committed that its last one has read. As long as nobody
 * else uses its segment, the read markers there tell what that was; who brings the segment to another state first says
 * so here.
 */
public final class Watch {
    private final Runnable wake;
    private volatile boolean over;
    private volatile boolean touched;

    /**
     * Makes a watch.
     *
     * @param wake wakes the mutator, to look at this.
     */
    public Watch(final Runnable wake) {
        this.wake = wake;
    }

    /**
     * Do the read markers still tell what was read?
     *
     * @return true until somebody else has used them.
     */
    public boolean isActive() {
        return !over;
    }

    /**
     * Was something changed that was read?
     *
     * @return true when somebody has seen that.
     */
    public boolean isTouched() {
        return touched;
    }

    /** Something was changed that had been read. */
    public void touch() {
        touched = true;
        end();
    }

    /** What was read is not known any more, or not wanted. */
    public void end() {
        over = true;
        wake.run();
    }
}

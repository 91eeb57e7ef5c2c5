package org.segstm.heap.tx;

import org.segstm.heap.segment.Segment;

/** Who holds the log closed. The closed mark in the log decides; this is what others can look at. */
public final class InevitableToken {
    private volatile Segment holder;
    private volatile String reason = "";

    /**
     * The segment of the inevitable transaction, or of the next one that the closed log was handed to.
     *
     * @return segment or null.
     */
    public Segment holder() {
        return holder;
    }

    /**
     * Why the last inevitable transaction asked to be that.
     *
     * @return what it said.
     */
    public String reason() {
        return reason;
    }

    void take(final Segment segment) {
        holder = segment;
    }

    void reason(final String why) {
        reason = why;
    }

    /** Before the log is opened: afterwards the next one may have taken it already. */
    void clear() {
        holder = null;
    }
}

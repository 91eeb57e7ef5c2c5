package org.segstm.bench.isolation.history;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Stamps for the order of attempts in real time. A stamp taken at an end is new; one taken at a begin is the newest
 * that was taken at an end. So the first attempt has ended before the second began when {@code end <= begin}: then what
 * the first did happened before what the second does, in the sense of the Java memory model.
 *
 * <p>A clock of the machine would not do: a processor may load before an earlier reading of the clock is done, which
 * would make up an order that there was not. Every stamp orders threads, so attempts need not take all of them: what an
 * attempt does not take is missing only as an edge.
 */
public final class OrderClock {
    /** No stamp was taken. */
    public static final long NONE = 0;
    private final AtomicLong ends = new AtomicLong();

    /**
     * Stamp of an attempt that is about to begin.
     *
     * @return the newest stamp of an end.
     */
    public long begin() {
        return ends.get();
    }

    /**
     * Stamp of an attempt that has ended.
     *
     * @return a new stamp, from 1.
     */
    public long end() {
        return ends.incrementAndGet();
    }
}

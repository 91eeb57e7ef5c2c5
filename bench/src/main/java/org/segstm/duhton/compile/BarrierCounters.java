package org.segstm.duhton.compile;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** How often compiled code has executed what it does for the heap's sake, over all threads. */
public final class BarrierCounters {
    private final Map<Kind, LongAdder> counts = new EnumMap<>(Kind.class);

    /** All zero. */
    public BarrierCounters() {
        for (final Kind kind : Kind.values()) {
            counts.put(kind, new LongAdder());
        }
    }

    /** What is counted. */
    public enum Kind {
        /** Read barrier of an object. */
        READ,
        /** Read barrier of a card of an array. */
        READ_CARD,
        /** Write barrier of an object. */
        WRITE,
        /** Write barrier of a card of an array. */
        WRITE_CARD,
        /** Poll whether others want this thread to stop, or the nursery is full. */
        SAFEPOINT,
        /** The transaction becomes inevitable. */
        INEVITABLE
    }

    /**
     * What compiled code adds to.
     *
     * @param kind of operation.
     * @return its counter.
     */
    public LongAdder counter(final Kind kind) {
        return counts.get(kind);
    }

    /**
     * How often it was executed so far.
     *
     * @param kind of operation.
     * @return the number; exact when no program runs.
     */
    public long count(final Kind kind) {
        return counts.get(kind).sum();
    }

    @Override
    public String toString() {
        return counts.toString();
    }
}

package org.segstm.heap;

import java.util.Arrays;
import java.util.stream.LongStream;

/** Counters of one mutator, or the sum over several; a copy that does not change. */
public final class MutatorStatistics {
    private final String name;
    private final Counters sum = new Counters();

    MutatorStatistics(final String name) {
        this.name = name;
    }

    void add(final Counters counters) {
        sum.add(counters);
    }

    void add(final MutatorStatistics other) {
        sum.add(other.sum);
    }

    /**
     * Name of the mutator.
     *
     * @return the name, or "total".
     */
    public String name() {
        return name;
    }

    /**
     * Committed transactions.
     *
     * @return the number.
     */
    public long committed() {
        return sum.committed;
    }

    /**
     * Committed transactions that were inevitable.
     *
     * @return the number.
     */
    public long inevitable() {
        return sum.inevitable;
    }

    /**
     * Transactions rolled back for a cause.
     *
     * @param cause of the abort.
     * @return the number.
     */
    public long aborted(final AbortCause cause) {
        return sum.aborted[cause.ordinal()];
    }

    /**
     * Transactions rolled back for any cause.
     *
     * @return the number.
     */
    public long aborted() {
        return LongStream.of(sum.aborted).sum();
    }

    /**
     * How often a decision about contention was made.
     *
     * @param decision to count.
     * @return the number.
     */
    public long decisions(final Contention decision) {
        return sum.decisions[decision.ordinal()];
    }

    /**
     * Time spent in a phase; 0 unless timing is on.
     *
     * @param phase of the mutator.
     * @return nanoseconds.
     */
    public long nanos(final Phase phase) {
        return sum.nanos[phase.ordinal()];
    }

    /**
     * Objects allocated, those of aborted transactions included.
     *
     * @return the number.
     */
    public long objectsAllocated() {
        return sum.objectsAllocated;
    }

    /**
     * Bytes allocated, those of aborted transactions included, those that are still young not.
     *
     * @return bytes.
     */
    public long bytesAllocated() {
        return sum.bytesAllocated;
    }

    /**
     * Pages (privatization units) made private.
     *
     * @return the number.
     */
    public long pagesPrivatized() {
        return sum.unitsPrivatized;
    }

    /**
     * Entries appended to the commit log.
     *
     * @return the number.
     */
    public long logEntries() {
        return sum.logEntries;
    }

    /**
     * Minor collections, those at commits included.
     *
     * @return the number.
     */
    public long minorCollections() {
        return sum.minorCollections;
    }

    /** The live counters of a mutator, written by its thread only. */
    static final class Counters {
        final long[] aborted = new long[AbortCause.values().length];
        final long[] decisions = new long[Contention.values().length];
        final long[] nanos = new long[Phase.values().length];
        long committed;
        long inevitable;
        long objectsAllocated;
        long bytesAllocated;
        long unitsPrivatized;
        long logEntries;
        long minorCollections;

        void add(final Counters other) {
            committed += other.committed;
            inevitable += other.inevitable;
            objectsAllocated += other.objectsAllocated;
            bytesAllocated += other.bytesAllocated;
            unitsPrivatized += other.unitsPrivatized;
            logEntries += other.logEntries;
            minorCollections += other.minorCollections;
            Arrays.setAll(aborted, i -> aborted[i] + other.aborted[i]);
            Arrays.setAll(decisions, i -> decisions[i] + other.decisions[i]);
            Arrays.setAll(nanos, i -> nanos[i] + other.nanos[i]);
        }
    }
}

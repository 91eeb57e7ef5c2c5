package org.segstm.heap;

/** Counters of one mutator, or the sum over several; a copy that does not change. */
public final class MutatorStatistics {
    private final String name;
    private final long[] aborted = new long[AbortCause.values().length];
    private final long[] nanos = new long[Phase.values().length];
    private long committed;
    private long inevitable;
    private long objectsAllocated;
    private long bytesAllocated;
    private long unitsPrivatized;
    private long logEntries;
    private long minorCollections;

    MutatorStatistics(final String name) {
        this.name = name;
    }

    void add(final Counters counters) {
        committed += counters.committed;
        inevitable += counters.inevitable;
        objectsAllocated += counters.objectsAllocated;
        bytesAllocated += counters.bytesAllocated;
        unitsPrivatized += counters.unitsPrivatized;
        logEntries += counters.logEntries;
        minorCollections += counters.minorCollections;
        for (int i = 0; i < aborted.length; i++) {
            aborted[i] += counters.aborted[i];
        }
        for (int i = 0; i < nanos.length; i++) {
            nanos[i] += counters.nanos[i];
        }
    }

    void add(final MutatorStatistics other) {
        committed += other.committed;
        inevitable += other.inevitable;
        objectsAllocated += other.objectsAllocated;
        bytesAllocated += other.bytesAllocated;
        unitsPrivatized += other.unitsPrivatized;
        logEntries += other.logEntries;
        minorCollections += other.minorCollections;
        for (int i = 0; i < aborted.length; i++) {
            aborted[i] += other.aborted[i];
        }
        for (int i = 0; i < nanos.length; i++) {
            nanos[i] += other.nanos[i];
        }
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
        return committed;
    }

    /**
     * Committed transactions that were inevitable.
     *
     * @return the number.
     */
    public long inevitable() {
        return inevitable;
    }

    /**
     * Transactions rolled back for a cause.
     *
     * @param cause of the abort.
     * @return the number.
     */
    public long aborted(final AbortCause cause) {
        return aborted[cause.ordinal()];
    }

    /**
     * Transactions rolled back for any cause.
     *
     * @return the number.
     */
    public long aborted() {
        long sum = 0;
        for (final long number : aborted) {
            sum += number;
        }
        return sum;
    }

    /**
     * Time spent in a phase; 0 unless timing is on.
     *
     * @param phase of the mutator.
     * @return nanoseconds.
     */
    public long nanos(final Phase phase) {
        return nanos[phase.ordinal()];
    }

    /**
     * Objects allocated, those of aborted transactions included.
     *
     * @return the number.
     */
    public long objectsAllocated() {
        return objectsAllocated;
    }

    /**
     * Bytes allocated, those of aborted transactions included.
     *
     * @return bytes.
     */
    public long bytesAllocated() {
        return bytesAllocated;
    }

    /**
     * Pages (privatization units) made private.
     *
     * @return the number.
     */
    public long pagesPrivatized() {
        return unitsPrivatized;
    }

    /**
     * Entries appended to the commit log.
     *
     * @return the number.
     */
    public long logEntries() {
        return logEntries;
    }

    /**
     * Minor collections, those at commits included.
     *
     * @return the number.
     */
    public long minorCollections() {
        return minorCollections;
    }

    /** The live counters of a mutator, written by its thread only. */
    static final class Counters {
        final long[] aborted = new long[AbortCause.values().length];
        final long[] nanos = new long[Phase.values().length];
        long committed;
        long inevitable;
        long objectsAllocated;
        long bytesAllocated;
        long unitsPrivatized;
        long logEntries;
        long minorCollections;
    }
}

package org.segstm.bench.isolation.workload;

import org.segstm.bench.isolation.check.CheckCounts;
import org.segstm.heap.HeapStatistics;

/** What runs have done so far. */
public final class RunCounts {
    private final CheckCounts checked = new CheckCounts();
    private long scenarios;
    private long inevitable;
    private long minorCollections;
    private long majorCollections;
    private long reshares;

    /** Makes counts of nothing. */
    public RunCounts() {
    }

    void add(final CheckCounts counts, final HeapStatistics statistics) {
        checked.add(counts);
        scenarios++;
        inevitable += statistics.total().inevitable();
        minorCollections += statistics.total().minorCollections();
        majorCollections += statistics.majorCollections();
        reshares += statistics.reshares();
    }

    /**
     * Adds others.
     *
     * @param other counts.
     */
    public void add(final RunCounts other) {
        checked.add(other.checked);
        scenarios += other.scenarios;
        inevitable += other.inevitable;
        minorCollections += other.minorCollections;
        majorCollections += other.majorCollections;
        reshares += other.reshares;
    }

    /**
     * What the checker looked at.
     *
     * @return its counts.
     */
    public CheckCounts checked() {
        return checked;
    }

    /**
     * Scenarios.
     *
     * @return the number.
     */
    public long scenarios() {
        return scenarios;
    }

    /**
     * Transactions that were inevitable at their end.
     *
     * @return the number.
     */
    public long inevitable() {
        return inevitable;
    }

    /**
     * Minor collections.
     *
     * @return the number.
     */
    public long minorCollections() {
        return minorCollections;
    }

    /**
     * Major collections.
     *
     * @return the number.
     */
    public long majorCollections() {
        return majorCollections;
    }

    /**
     * Reshares, those of major collections and attaching segments included.
     *
     * @return the number.
     */
    public long reshares() {
        return reshares;
    }
}

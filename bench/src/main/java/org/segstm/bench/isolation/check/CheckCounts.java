package org.segstm.bench.isolation.check;

/** What a checker has looked at so far. */
public final class CheckCounts {
    long committed;
    long aborted;
    long reads;
    long writes;
    long edges;
    long rounds;
    long nanos;

    /** Makes counts of nothing. */
    public CheckCounts() {
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
     * Aborted attempts.
     *
     * @return the number.
     */
    public long aborted() {
        return aborted;
    }

    /**
     * Reads that were not part of a write.
     *
     * @return the number.
     */
    public long reads() {
        return reads;
    }

    /**
     * Writes, each of which also reads.
     *
     * @return the number.
     */
    public long writes() {
        return writes;
    }

    /**
     * Edges of all graphs.
     *
     * @return the number.
     */
    public long edges() {
        return edges;
    }

    /**
     * Rounds.
     *
     * @return the number.
     */
    public long rounds() {
        return rounds;
    }

    /**
     * Time that checking took.
     *
     * @return nanoseconds.
     */
    public long nanos() {
        return nanos;
    }

    /**
     * Adds others.
     *
     * @param other counts.
     */
    public void add(final CheckCounts other) {
        committed += other.committed;
        aborted += other.aborted;
        reads += other.reads;
        writes += other.writes;
        edges += other.edges;
        rounds += other.rounds;
        nanos += other.nanos;
    }
}

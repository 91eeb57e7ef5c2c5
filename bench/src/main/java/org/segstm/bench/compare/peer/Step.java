package org.segstm.bench.compare.peer;

/**
 * What one transaction does, written once for all parties. Run again when it has to be retried, so it keeps nothing of
 * an attempt.
 */
public abstract class Step {
    private final boolean readOnly;
    /** Cells, or buckets of the map, that the transaction touches: parties with a lock for each take these. */
    private final int[] footprint;

    /**
     * Makes a step.
     *
     * @param readOnly true when it writes nothing.
     * @param touched  number of cells or buckets that a transaction touches.
     */
    protected Step(final boolean readOnly, final int touched) {
        this.readOnly = readOnly;
        this.footprint = new int[touched];
    }

    /** Does it, through the session it was made for. */
    public abstract void run();

    /**
     * Says before it runs that it only reads.
     *
     * @return true when it writes nothing.
     */
    public final boolean isReadOnly() {
        return readOnly;
    }

    /**
     * What the next transaction touches, in any order, possibly twice.
     *
     * @return cells or buckets of the map; set by the workload before each transaction.
     */
    public final int[] footprint() {
        return footprint;
    }
}

package org.segstm.bench.compare.workload;

/** Takes a thread out of a transaction that is tried again and again, when the round is over. Has no stack trace. */
public final class RoundOver extends RuntimeException {
    private static final long serialVersionUID = 1;
    /** The only one. */
    static final RoundOver SIGNAL = new RoundOver();

    private RoundOver() {
        super("the round is over", null, false, false);
    }
}

package org.segstm.heap;

/**
 * Signals that the running transaction has been rolled back and has to be begun again. Control flow only: allocated
 * once per mutator, without a stack trace; never swallow it.
 */
public final class TransactionAbortedException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Mutator mutator;

    TransactionAbortedException(final Mutator mutator) {
        super("transaction aborted: begin it again", null, false, false);
        this.mutator = mutator;
    }

    /**
     * The mutator whose transaction was rolled back.
     *
     * @return the mutator.
     */
    public Mutator mutator() {
        return mutator;
    }

    /**
     * Why it was rolled back.
     *
     * @return the cause of the mutator's last abort.
     */
    public AbortCause abortCause() {
        return mutator.lastAbortCause();
    }
}

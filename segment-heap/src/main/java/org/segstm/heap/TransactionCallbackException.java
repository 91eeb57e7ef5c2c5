package org.segstm.heap;

/**
 * Callbacks or registered states have thrown when a transaction ended. The transaction has ended nevertheless, and all
 * others were called: the cause is what the first of them has thrown, what the others have thrown is suppressed.
 */
public final class TransactionCallbackException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final boolean committed;

    TransactionCallbackException(final boolean committed, final Throwable cause) {
        super((committed ? "the transaction has committed, but an on-commit callback has thrown: "
            : "the transaction was rolled back, but an on-abort callback or state has thrown: ") + cause, cause);
        this.committed = committed;
    }

    /**
     * How the transaction ended.
     *
     * @return true when it has committed, false when it was rolled back.
     */
    public boolean isCommitted() {
        return committed;
    }
}

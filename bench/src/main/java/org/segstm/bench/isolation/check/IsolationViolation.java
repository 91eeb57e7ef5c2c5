package org.segstm.bench.isolation.check;

/** A transaction saw what it must not see. */
public final class IsolationViolation extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes a violation.
     *
     * @param message what was seen, and by whom.
     */
    public IsolationViolation(final String message) {
        super(message);
    }
}

package org.segstm.heap;

/** Checked mode found an access that breaks a rule of the heap: it names the rule and the values. */
public final class CheckedAccessException extends HeapException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception.
     *
     * @param message the rule and the values.
     */
    public CheckedAccessException(final String message) {
        super(message);
    }
}

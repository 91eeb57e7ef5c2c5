package org.segstm.bench.tool;

/** A measurement that could not be made, for a reason that its message tells the user. */
public final class BenchException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /**
     * Makes the exception.
     *
     * @param message for the user, complete without a stack trace.
     */
    public BenchException(final String message) {
        super(message);
    }
}

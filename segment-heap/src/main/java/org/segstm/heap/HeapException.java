package org.segstm.heap;

/** A condition of the heap that its user should know of; the message says what to do. */
public class HeapException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception.
     *
     * @param message what happened and what to do.
     */
    public HeapException(final String message) {
        super(message);
    }

    /**
     * Makes the exception.
     *
     * @param message what happened and what to do.
     * @param cause   of it.
     */
    public HeapException(final String message, final Throwable cause) {
        super(message, cause);
    }
}

package org.segstm.heap;

/** No room for an object. The transaction has to be aborted (atomic blocks do it themselves); the heap goes on. */
public final class OutOfHeapException extends HeapException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception.
     *
     * @param message with the figures and what to do.
     */
    public OutOfHeapException(final String message) {
        super(message);
    }
}

package org.segstm.duhton.interp;

/** Leaves an evaluation whose transaction was rolled back at its commit, to where it can be begun again. */
public final class RestartException extends RuntimeException {
    /** The exception; it carries nothing. */
    static final RestartException INSTANCE = new RestartException();
    private static final long serialVersionUID = 1L;

    private RestartException() {
        super("rolled back at the commit", null, false, false);
    }
}

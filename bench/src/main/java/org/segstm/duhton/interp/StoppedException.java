package org.segstm.duhton.interp;

/** Leaves an evaluation whose transaction is given up because another one has failed. Control flow only. */
public final class StoppedException extends RuntimeException {
    /** The exception; it carries nothing. */
    static final StoppedException INSTANCE = new StoppedException();
    private static final long serialVersionUID = 1L;

    private StoppedException() {
        super("the program has failed elsewhere", null, false, false);
    }
}

package org.segstm.duhton.interp;

import org.segstm.duhton.DuhtonError;

/** A program or a line of an interactive session, ready to run. It binds globals. */
public final class MainCode {
    private final Node body;
    private final int stackUnits;

    MainCode(final Node body, final int stackUnits) {
        this.body = body;
        this.stackUnits = stackUnits;
    }

    /**
     * Runs the program.
     *
     * @param thread of the main program, in a transaction.
     * @return value of the last expression.
     */
    public long run(final DuhtonThread thread) {
        thread.enter(stackUnits, DuhtonError.UNKNOWN_LINE);
        final long value = body.execute(thread, thread.mutator().rootDepth());
        thread.leave(stackUnits);
        return value;
    }
}

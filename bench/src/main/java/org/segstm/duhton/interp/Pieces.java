package org.segstm.duhton.interp;

import org.segstm.heap.TransactionAbortedException;

/**
 * A loop that goes on in transactions of its own, after the program has asked for a commit. One that is rolled back is
 * begun again with the turn that began it: the shadow stack is as it was then, and what lies in Java frames outside of
 * the loop is the same as then. Behind the loop that would no longer be so; therefore the last one becomes inevitable
 * before the loop is left.
 */
public final class Pieces {
    private final DuhtonThread thread;
    private final int depth;
    private final int locations;
    private int attempt;

    private Pieces(final DuhtonThread thread) {
        this.thread = thread;
        this.depth = thread.depth();
        this.locations = thread.mutator().locationDepth();
    }

    /**
     * Commits, and runs the rest of a loop.
     *
     * @param thread that evaluates.
     * @param turns  the loop from its next turn on; it calls {@link #next()} after a turn that asked for a commit.
     */
    public static void run(final DuhtonThread thread, final Turns turns) {
        thread.commitPiece();
        new Pieces(thread).run(turns);
    }

    private void run(final Turns turns) {
        thread.restartsAt(this);
        boolean left = false;
        while (!left) {
            thread.host().beginPiece(attempt);
            try {
                turns.run(this);
                thread.mutator().becomeInevitable("goes on behind its loop");
                left = true;
            } catch (final TransactionAbortedException | RestartException e) {
                if (!thread.isRestartedAt(this)) {
                    throw e;
                }
                attempt++;
                thread.restart(depth, locations);
            }
        }
        // The next turn of a loop around this one is where others get their chance.
        thread.askForCommit();
    }

    /** Ends a transaction after a turn, and begins the next. */
    public void next() {
        thread.commitPiece();
        thread.restartsAt(this);
        attempt = 0;
        thread.host().beginPiece(attempt);
    }

    /** The turns of a loop. */
    @FunctionalInterface
    public interface Turns {
        /**
         * Runs them.
         *
         * @param pieces to be told about turns that asked for a commit.
         */
        void run(Pieces pieces);
    }
}

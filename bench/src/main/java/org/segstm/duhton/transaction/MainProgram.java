package org.segstm.duhton.transaction;

import org.segstm.duhton.DuhtonError;
import org.segstm.duhton.interp.MainCode;
import org.segstm.heap.HeapException;
import org.segstm.heap.Mutator;
import org.segstm.heap.OutOfHeapException;

/**
 * The thread of the main program: one inevitable transaction after the other, with the queued calls run in between. It
 * cannot be rolled back, so an error leaves what was done before it.
 */
final class MainProgram extends Agent {
    private static final String REASON = "main program";

    private final WorkerPool pool;

    MainProgram(final Program program, final WorkerPool pool, final Mutator mutator) {
        super(program, mutator);
        this.pool = pool;
    }

    /**
     * Runs a piece of program and the calls it queues.
     *
     * @param code       to run.
     * @param printValue print the value of its last expression?
     */
    void run(final MainCode code, final boolean printValue) {
        try {
            startAttempt();
            mutator().beginInevitable(REASON);
            final long value = code.run(thread());
            if (printValue) {
                thread().printer().print(value, DuhtonError.UNKNOWN_LINE);
                thread().output().append('\n');
            }
            commitAndRunCalls();
        } catch (final Throwable e) {
            throw endAfter(e);
        }
    }

    private void commitAndRunCalls() {
        if (!tryCommit()) {
            throw new IllegalStateException("an inevitable transaction was rolled back: " + mutator());
        }
        pool.runAll(takeQueuedCalls());
    }

    private DuhtonError endAfter(final Throwable cause) {
        final DuhtonError error = toError(cause);
        dropQueuedCalls();
        if (mutator().inTransaction()) {
            try {
                tryCommit();
            } catch (final OutOfHeapException e) {
                error.addSuppressed(e);
                mutator().abort();
            } catch (final HeapException e) {
                error.addSuppressed(e);
            }
        }
        return error;
    }

    @Override
    public boolean commitPiece() {
        return tryCommit();
    }

    @Override
    public void beginPiece(final int attempt) {
        mutator().beginInevitable(REASON);
    }

    @Override
    public void runTransactions(final int line) {
        commitAndRunCalls();
        mutator().beginInevitable(REASON);
    }

    @Override
    public void sleep(final long milliseconds) {
        mutator().park();
        try {
            Thread.sleep(milliseconds);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            mutator().unpark();
        }
    }
}

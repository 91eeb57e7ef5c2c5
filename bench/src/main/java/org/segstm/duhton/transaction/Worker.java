package org.segstm.duhton.transaction;

import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.segstm.duhton.DuhtonError;
import org.segstm.duhton.interp.RestartException;
import org.segstm.duhton.interp.StoppedException;
import org.segstm.heap.HeapException;
import org.segstm.heap.Mutator;
import org.segstm.heap.OutOfHeapException;
import org.segstm.heap.TransactionAbortedException;

/** A thread that runs queued calls, each as one transaction. */
final class Worker extends Agent implements Runnable {
    private static final int ATTEMPTS_WITHOUT_PAUSE = 2;
    private static final int ATTEMPTS_BEFORE_INEVITABLE = 10;
    private static final long FIRST_PAUSE_NS = 1_000;

    private final WorkerPool pool;
    private final RootPool roots;
    private final RangeQueue queue = new RangeQueue();
    private volatile CallRange current;

    Worker(final Program program, final WorkerPool pool, final Mutator mutator) {
        super(program, mutator);
        this.pool = pool;
        this.roots = program.roots();
    }

    RangeQueue queue() {
        return queue;
    }

    /** The calls that this worker runs, of which others may split off some; null between ranges. */
    CallRange current() {
        return current;
    }

    @Override
    public void run() {
        do {
            CallRange range = pool.findWork(this);
            while (range != null) {
                runRange(range);
                range = pool.findWork(this);
            }
        } while (pool.awaitWork());
        if (!mutator().inTransaction()) {
            mutator().close();
        }
    }

    private void runRange(final CallRange range) {
        int finished = 0;
        try {
            int call = range.take();
            current = range;
            pool.callForHelp();
            for (; call != CallRange.NONE && !pool.isStopping(); call = range.take()) {
                runCall(range.batch(), call);
                finished++;
                publishCalls(range);
            }
        } catch (final Throwable e) {
            finished++;
            pool.fail(e);
        }
        current = null;
        range.batch().finished(finished, roots);
        if (range.remaining() != 0) {
            // The run is given up: let the calls be found and dropped.
            queue.addAll(List.of(range));
        }
    }

    private void publishCalls(final CallRange range) {
        final List<CallRange> calls = takeQueuedCalls();
        if (!calls.isEmpty()) {
            queue.addAll(calls);
            // A single call that this worker runs next itself is no reason to wake anybody.
            if (range.remaining() != 0 || queue.size() > 1 || calls.get(0).remaining() > 1) {
                pool.callForHelp();
            }
        }
    }

    private void runCall(final CallBatch batch, final int call) {
        boolean committed = false;
        for (int attempt = 0; !committed; attempt++) {
            committed = attempt(batch, call, attempt);
        }
    }

    private void begin(final int attempt) {
        if (attempt >= ATTEMPTS_WITHOUT_PAUSE) {
            pause(attempt - ATTEMPTS_WITHOUT_PAUSE);
        }
        if (attempt < ATTEMPTS_BEFORE_INEVITABLE) {
            mutator().begin();
        } else {
            mutator().beginInevitable("aborted " + attempt + " times");
        }
        thread().stopIfAsked();
    }

    @Override
    public boolean commitPiece() {
        final boolean committed = tryCommit();
        if (committed) {
            publishCalls(current);
        }
        return committed;
    }

    @Override
    public void beginPiece(final int attempt) {
        dropQueuedCalls();
        begin(attempt);
    }

    private boolean attempt(final CallBatch batch, final int call, final int attempt) {
        startAttempt();
        try {
            begin(attempt);
            execute(batch, call);
            return tryCommit();
        } catch (final TransactionAbortedException | RestartException e) {
            // Rolled back already, to be tried again.
            return false;
        } catch (final Throwable e) {
            giveUp(e);
            throw e;
        }
    }

    private void execute(final CallBatch batch, final int call) {
        final Mutator mutator = mutator();
        final int frame = mutator.rootDepth();
        final int parameters = batch.code().parameterCount();
        if (parameters != 0) {
            final long arguments = batch.argumentsRef();
            final int first = call * parameters;
            for (int i = 0; i < parameters; i++) {
                mutator.push(mutator.getRefAt(arguments, first + i));
            }
        }
        batch.code().call(thread(), frame);
    }

    /** Ends a transaction that has failed; where it cannot be rolled back, what it did stays, but for its output. */
    private void giveUp(final Throwable cause) {
        thread().reset();
        dropQueuedCalls();
        if (mutator().inTransaction()) {
            if (canAbort()) {
                mutator().abort();
            } else {
                commitAfter(cause);
            }
        }
    }

    private void commitAfter(final Throwable cause) {
        try {
            mutator().commit();
        } catch (final OutOfHeapException e) {
            cause.addSuppressed(e);
            mutator().abort();
        } catch (final HeapException e) {
            // Others may wait for this transaction for ever: the run has to end without them.
            cause.addSuppressed(e);
            pool.wedged();
        }
    }

    private static void pause(final int doublings) {
        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(FIRST_PAUSE_NS << Math.min(doublings, Byte.SIZE)));
    }

    @Override
    public void runTransactions(final int line) {
        throw new DuhtonError("run-transactions: not possible inside a transaction", line);
    }

    @Override
    public void sleep(final long milliseconds) {
        mutator().park();
        try {
            pool.sleep(milliseconds);
        } finally {
            mutator().unpark();
        }
        thread().safepoint();
    }

    /** Is it one of the ends of an evaluation that follow from another thread's error? */
    static boolean isConsequence(final Throwable cause) {
        return cause instanceof StoppedException;
    }
}

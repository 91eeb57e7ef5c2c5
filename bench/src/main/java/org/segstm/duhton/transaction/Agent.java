package org.segstm.duhton.transaction;

import java.util.List;
import org.segstm.duhton.DuhtonError;
import org.segstm.duhton.interp.DuhtonThread;
import org.segstm.duhton.interp.FunctionCode;
import org.segstm.duhton.interp.ThreadHost;
import org.segstm.duhton.reader.Location;
import org.segstm.heap.HeapException;
import org.segstm.heap.Mutator;
import org.segstm.heap.SegmentHeap;
import org.segstm.heap.TransactionCallbackException;

/** A thread of the VM together with its mutator: what the main program and the workers have in common. */
abstract class Agent implements ThreadHost {
    /** Roots that belong to the agent and not to an evaluation. */
    private static final int OWN_ROOTS = 1;

    private final SegmentHeap heap;
    private final Mutator mutator;
    private final DuhtonThread thread;
    private final PendingCalls pending;
    private final Console console;

    Agent(final Program program, final Mutator mutator) {
        this.heap = program.heap();
        this.mutator = mutator;
        this.console = program.console();
        this.pending = new PendingCalls(mutator, program.shapes(), program.roots());
        this.thread = new DuhtonThread(mutator, program.shapes(), program.symbols(), program.functions(),
            program.stop(), this);
        mutator.registerState(thread.output());
    }

    final Mutator mutator() {
        return mutator;
    }

    final DuhtonThread thread() {
        return thread;
    }

    /** Starts from nothing: forgets what an earlier attempt has printed and queued. */
    final void startAttempt() {
        mutator.truncateRoots(OWN_ROOTS);
        pending.clear();
        thread.reset();
    }

    @Override
    public final void queueCall(final FunctionCode code, final int frame) {
        pending.add(code, frame);
    }

    /**
     * Commits, and lets out what was printed.
     *
     * @return false when the transaction conflicted and was rolled back.
     */
    final boolean tryCommit() {
        if (!thread.output().isEmpty()) {
            if (!mutator.validate()) {
                return false;
            }
            mutator.pushLocation(Location.OUTPUT, 0);
            final long ticket = console.takeTicket(mutator);
            mutator.popLocation();
            mutator.onCommit(() -> letOut(ticket));
        }
        return mutator.tryCommit();
    }

    private void letOut(final long ticket) {
        console.emit(ticket, thread.output());
        thread.output().clear();
    }

    /**
     * Takes the calls that the transaction has queued; it has committed.
     *
     * @return ranges to run.
     */
    final List<CallRange> takeQueuedCalls() {
        return pending.publish();
    }

    final void dropQueuedCalls() {
        pending.clear();
    }

    /** May the running transaction be rolled back? */
    final boolean canAbort() {
        return !heap.context().serial() && !mutator.isInevitable();
    }

    /**
     * What to tell the user of something that ended an evaluation.
     *
     * @param cause of the end.
     * @return the error of the program.
     * @throws RuntimeException the cause itself when it is a defect of the VM.
     */
    static DuhtonError toError(final Throwable cause) {
        if (cause instanceof DuhtonError) {
            return (DuhtonError) cause;
        }
        if (cause instanceof TransactionCallbackException) {
            return toError(cause.getCause());
        }
        if (cause instanceof StackOverflowError) {
            return new DuhtonError(DuhtonError.RECURSION_TOO_DEEP, DuhtonError.UNKNOWN_LINE);
        }
        if (cause instanceof OutOfMemoryError) {
            return new DuhtonError("out of memory: " + cause.getMessage(), DuhtonError.UNKNOWN_LINE);
        }
        if (cause instanceof HeapException) {
            return new DuhtonError(cause.getMessage(), DuhtonError.UNKNOWN_LINE);
        }
        if (cause instanceof RuntimeException) {
            throw (RuntimeException) cause;
        }
        throw (Error) cause;
    }
}

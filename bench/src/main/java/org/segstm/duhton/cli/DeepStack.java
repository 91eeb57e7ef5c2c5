package org.segstm.duhton.cli;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.segstm.duhton.interp.DuhtonThread;

/** Runs something on a thread with the stack that the interpreter needs. */
final class DeepStack {
    private DeepStack() {
    }

    static <T> T call(final Callable<T> action) throws Exception {
        final FutureTask<T> task = new FutureTask<>(action);
        new Thread(null, task, "duhton main", DuhtonThread.STACK_BYTES).start();
        try {
            return task.get();
        } catch (final ExecutionException e) {
            if (e.getCause() instanceof Exception) {
                throw (Exception) e.getCause();
            }
            if (e.getCause() instanceof Error) {
                throw (Error) e.getCause();
            }
            throw e;
        }
    }
}

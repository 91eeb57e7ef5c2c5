package org.segstm.heap.finalization;

import org.segstm.heap.HeapException;
import org.segstm.heap.Mutator;

import java.util.concurrent.atomic.AtomicBoolean;

/** Runs what is due, on the thread of a mutator between two transactions: triggers of queues, and finalizers. */
public final class FinalizerRunner {
    private final FinalizationTable table;
    private final Runnable notDue;
    private final AtomicBoolean running = new AtomicBoolean();

    /**
     * Makes the runner of a heap.
     *
     * @param table  of the heap.
     * @param notDue called before it is looked for what is due.
     */
    public FinalizerRunner(final FinalizationTable table, final Runnable notDue) {
        this.table = table;
        this.notDue = notDue;
    }

    /**
     * Runs all that is due now. Does nothing when another thread is at it, or a finalizer of this one.
     *
     * @param mutator outside of a transaction.
     */
    public void run(final Mutator mutator) {
        if (running.compareAndSet(false, true)) {
            try {
                notDue.run();
                for (final FinalizerQueue queue : table.queues()) {
                    runTrigger(queue);
                }
                final int depth = mutator.rootDepth();
                for (int left = table.automatic().size(); left > 0 && runOne(mutator); left--) {
                    mutator.truncateRoots(depth);
                }
                mutator.truncateRoots(depth);
            } finally {
                running.set(false);
            }
        }
    }

    private static void runTrigger(final FinalizerQueue queue) {
        try {
            queue.runTrigger();
        } catch (final RuntimeException | Error e) {
            report(e);
        }
    }

    /** False when there is nothing to do, or no transaction can run here now. */
    private boolean runOne(final Mutator mutator) {
        final Registration[] taken = new Registration[1];
        try {
            mutator.atomicallyDo(m -> {
                taken[0] = table.automatic().take(m);
                if (taken[0] != null) {
                    taken[0].finalizer().finalizeObject(m, taken[0].ref());
                }
            });
            return taken[0] != null;
        } catch (final HeapException e) {
            return failed(taken[0], e);
        } catch (final RuntimeException | Error e) {
            if (taken[0] == null) {
                throw e;
            }
            return failed(taken[0], e);
        }
    }

    /** Where no transaction could begin, as this thread drives transactions in all segments, it is tried later. */
    private boolean failed(final Registration taken, final Throwable thrown) {
        if (taken == null) {
            return false;
        }
        table.automatic().drop(taken);
        report(thrown);
        return true;
    }

    private static void report(final Throwable thrown) {
        final Thread thread = Thread.currentThread();
        thread.getUncaughtExceptionHandler().uncaughtException(thread, thrown);
    }
}

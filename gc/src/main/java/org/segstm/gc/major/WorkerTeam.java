package org.segstm.gc.major;

import java.util.Arrays;
import java.util.concurrent.CancellationException;

/**
 * Threads that do a task together: the calling thread and daemons, which are made at first use and sleep between tasks.
 * Used by one thread at a time.
 */
final class WorkerTeam implements AutoCloseable {
    private final int wanted;
    private final Object monitor = new Object();
    private Thread[] threads;
    private Task task;
    private long taskNumber;
    private int unfinished;
    private Throwable failure;
    private boolean closed;

    /** A team of so many workers; the threads are not made yet. */
    WorkerTeam(final int workers) {
        wanted = workers;
    }

    /** Workers there are; makes the threads when there are none yet. When the system refuses some, there are fewer. */
    int start() {
        if (threads == null) {
            threads = new Thread[wanted - 1];
            for (int i = 0; i < threads.length; i++) {
                final int worker = i + 1;
                final Thread thread = new Thread(() -> work(worker), "segstm-gc-" + worker);
                thread.setDaemon(true);
                try {
                    thread.start();
                } catch (final OutOfMemoryError e) {
                    threads = Arrays.copyOf(threads, i);
                    break;
                }
                threads[i] = thread;
            }
        }
        return threads.length + 1;
    }

    /**
     * Lets all workers, this thread among them as number 0, run a task, and waits for them.
     *
     * @throws RuntimeException what the first worker that failed has thrown.
     */
    void run(final Task newTask) {
        synchronized (monitor) {
            task = newTask;
            taskNumber++;
            unfinished = threads.length + 1;
            failure = null;
            monitor.notifyAll();
        }
        runAs(newTask, 0);
        awaitAll();
    }

    private void work(final int worker) {
        long done = 0;
        while (true) {
            final Task current;
            synchronized (monitor) {
                while (taskNumber == done && !closed) {
                    waitUninterruptibly();
                }
                if (closed) {
                    return;
                }
                done = taskNumber;
                current = task;
            }
            runAs(current, worker);
        }
    }

    private void runAs(final Task current, final int worker) {
        Throwable thrown = null;
        try {
            current.run(worker);
        } catch (final RuntimeException | Error e) {
            thrown = e;
        }
        synchronized (monitor) {
            if (thrown != null && (failure == null || failure instanceof CancellationException)) {
                failure = thrown;
            }
            unfinished--;
            monitor.notifyAll();
        }
    }

    private void awaitAll() {
        boolean interrupted = false;
        final Throwable thrown;
        synchronized (monitor) {
            while (unfinished != 0) {
                interrupted |= waitUninterruptibly();
            }
            task = null;
            thrown = failure;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (thrown instanceof RuntimeException) {
            throw (RuntimeException) thrown;
        } else if (thrown != null) {
            throw (Error) thrown;
        }
    }

    private boolean waitUninterruptibly() {
        try {
            monitor.wait();
            return false;
        } catch (final InterruptedException e) {
            return true;
        }
    }

    /** Lets the threads end. */
    @Override
    public void close() {
        synchronized (monitor) {
            closed = true;
            monitor.notifyAll();
        }
    }

    /** What a team does. */
    @FunctionalInterface
    interface Task {
        /**
         * Does a worker's share.
         *
         * @param worker its number, from 0.
         */
        void run(int worker);
    }
}

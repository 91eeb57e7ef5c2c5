package org.segstm.duhton.transaction;

import java.util.Collection;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.segstm.duhton.interp.DuhtonThread;
import org.segstm.duhton.interp.StopFlag;
import org.segstm.heap.Mutator;

/**
 * The worker threads. No more of them are awake than there are processors (those in {@code sleepms} do not count):
 * further ones could only take turns, at the price of a thread switch each. They are started when there is work for
 * them.
 *
 * <p>Who adds work and sees fewer active workers than allowed wakes one; who goes to sleep first says so and then looks
 * for work once more: one of the two notices the other.
 */
final class WorkerPool {
    private final Program program;
    private final int size;
    private final int allowed;
    private final Worker[] workers;
    private final Thread[] threads;
    private final RangeQueue mainQueue = new RangeQueue();
    private final StopFlag stop;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();
    private final Condition idle = lock.newCondition();
    private final Condition stopped = lock.newCondition();
    /** Workers that run calls or look for some. Written under the lock. */
    private volatile int active;
    /** Workers that exist. Written under the lock. */
    private volatile int started;
    private int sleepers;
    private int wakeUps;
    private int inSleep;
    private boolean closed;
    private boolean wedged;
    private Throwable failure;

    /**
     * Makes a pool without threads yet.
     *
     * @param program    that it runs.
     * @param size       most threads there may be.
     * @param processors most threads that shall be awake.
     */
    WorkerPool(final Program program, final int size, final int processors) {
        this.program = program;
        this.size = size;
        this.allowed = Math.min(size, processors);
        this.workers = new Worker[size];
        this.threads = new Thread[size];
        this.stop = program.stop();
    }

    /**
     * Runs calls and those that they queue, until none is left or one fails.
     *
     * @param calls to start with.
     */
    void runAll(final Collection<CallRange> calls) {
        if (calls.isEmpty()) {
            return;
        }
        mainQueue.addAll(calls);
        lock.lock();
        try {
            wakeOne();
            while ((active != 0 || inSleep != 0) && !(wedged && failure != null)) {
                idle.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
        if (failure != null) {
            final Throwable cause = failure;
            discardWork();
            failure = null;
            if (!wedged) {
                stop.lower();
            }
            throw Agent.toError(cause);
        }
    }

    private void discardWork() {
        discard(mainQueue);
        for (int i = 0; i < started; i++) {
            discard(workers[i].queue());
        }
    }

    private void discard(final RangeQueue queue) {
        for (CallRange range = queue.takeOldest(); range != null; range = queue.takeOldest()) {
            range.batch().release(program.roots());
        }
    }

    /**
     * Finds calls to run: a worker's own newest, else the oldest of another one, else half of what another one is at.
     *
     * @param worker that looks for work.
     * @return a range of its own, null when there is none.
     */
    CallRange findWork(final Worker worker) {
        if (stop.isSet()) {
            return null;
        }
        CallRange found = worker.queue().takeNewest();
        if (found == null) {
            found = mainQueue.takeOldest();
        }
        for (int i = 0; i < started && found == null; i++) {
            found = workers[i].queue().takeOldest();
        }
        for (int i = 0; i < started && found == null; i++) {
            final CallRange current = workers[i].current();
            found = current == null ? null : current.split();
        }
        return found;
    }

    private boolean hasWork() {
        boolean found = !mainQueue.isEmpty();
        for (int i = 0; i < started && !found; i++) {
            final CallRange current = workers[i].current();
            found = !workers[i].queue().isEmpty() || current != null && current.remaining() != 0;
        }
        return found && !stop.isSet();
    }

    /** Wakes a worker if one more may run and there is something left for it. */
    void callForHelp() {
        if (active < allowed && hasWork()) {
            lock.lock();
            try {
                wakeOne();
            } finally {
                lock.unlock();
            }
        }
    }

    private void wakeOne() {
        if (active >= allowed) {
            return;
        }
        if (sleepers > wakeUps) {
            wakeUps++;
            active++;
            work.signal();
        } else if (started < size) {
            startWorker();
        }
    }

    private void startWorker() {
        final int index = started;
        final Mutator mutator = program.heap().attachMutator("worker " + (index + 1));
        workers[index] = new Worker(program, this, mutator);
        threads[index] = new Thread(null, workers[index], "duhton " + mutator.name(), DuhtonThread.STACK_BYTES);
        threads[index].setDaemon(true);
        started = index + 1;
        active++;
        threads[index].start();
    }

    /**
     * Sleeps until there is work again.
     *
     * @return false when the worker shall end.
     */
    boolean awaitWork() {
        lock.lock();
        try {
            active--;
            if (hasWork()) {
                active++;
                return true;
            }
            signalWhenIdle();
            sleepers++;
            while (wakeUps == 0 && !closed) {
                work.awaitUninterruptibly();
            }
            sleepers--;
            if (closed) {
                return false;
            }
            wakeUps--;
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void signalWhenIdle() {
        if (active == 0 && inSleep == 0) {
            idle.signal();
        }
    }

    /**
     * Lets a worker sleep, and another one work meanwhile. Ends early when the run is stopped.
     *
     * @param milliseconds to sleep.
     */
    void sleep(final long milliseconds) {
        lock.lock();
        try {
            active--;
            inSleep++;
            if (hasWork()) {
                wakeOne();
            }
            final long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(milliseconds);
            for (long left = end - System.nanoTime(); left > 0 && !stop.isSet(); left = end - System.nanoTime()) {
                awaitStop(left);
            }
        } finally {
            inSleep--;
            active++;
            lock.unlock();
        }
    }

    private void awaitStop(final long nanos) {
        try {
            stopped.awaitNanos(nanos);
        } catch (final InterruptedException e) {
            // Nobody interrupts workers; were it so, the sleep would go on.
            Thread.interrupted();
        }
    }

    /**
     * Notes why a call failed and stops the run. The first failure counts.
     *
     * @param cause of the failure.
     */
    void fail(final Throwable cause) {
        lock.lock();
        try {
            if (failure == null && !Worker.isConsequence(cause)) {
                failure = cause;
                stop.raise();
                stopped.signalAll();
                idle.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Is the run given up?
     *
     * @return true when a call has failed.
     */
    boolean isStopping() {
        return stop.isSet();
    }

    /** Notes that a transaction can be neither rolled back nor committed: there is no going on after this run. */
    void wedged() {
        lock.lock();
        try {
            wedged = true;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Have all transactions ended? To be asked while no run is going on.
     *
     * @return false when there was no room to commit one that cannot be rolled back.
     */
    boolean isUsable() {
        return !wedged;
    }

    /** Ends the threads, if they can end. No run is going on. */
    void close() {
        lock.lock();
        try {
            closed = true;
            work.signalAll();
        } finally {
            lock.unlock();
        }
        for (int i = 0; i < started && !wedged; i++) {
            join(threads[i]);
        }
    }

    private static void join(final Thread thread) {
        try {
            thread.join();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

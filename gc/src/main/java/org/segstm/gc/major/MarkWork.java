package org.segstm.gc.major;

import java.util.ArrayDeque;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Work that may be stolen, and the end of a marking phase. A worker offers batches in its own queue; who has nothing
 * left takes from there, first from its own, then from the others'. From then on it is idle until it looks again.
 *
 * <p>Work is done when all are idle: a batch is offered by a worker that is not idle and looks into its own queue
 * before it becomes idle, so that none is left when the last one does; and who takes one is not idle while it tries.
 */
final class MarkWork {
    private static final int SPINS = 200;
    private static final long PAUSE_NS = 50_000;

    private final Queue[] queues;
    private final AtomicInteger idle = new AtomicInteger();
    private volatile boolean cancelled;

    MarkWork(final int workers) {
        queues = new Queue[workers];
        for (int i = 0; i < workers; i++) {
            queues[i] = new Queue();
        }
    }

    /** Is some other worker out of work? */
    boolean isWanted() {
        return idle.get() != 0;
    }

    /** Has a worker something on offer that nobody has taken yet? */
    boolean hasOffered(final int worker) {
        return queues[worker].size != 0;
    }

    void offer(final int worker, final long[] batch) {
        queues[worker].add(batch);
    }

    /**
     * Takes a batch; waits while others may still offer one.
     *
     * @return null when all work is done.
     * @throws CancellationException when another worker has failed.
     */
    long[] take(final int worker) {
        long[] batch = steal(worker);
        if (batch != null) {
            return batch;
        }
        int waits = 0;
        idle.incrementAndGet();
        while (idle.get() != queues.length) {
            if (cancelled) {
                throw new CancellationException("another marking thread has failed");
            }
            if (isAnythingOffered()) {
                idle.decrementAndGet();
                batch = steal(worker);
                if (batch != null) {
                    return batch;
                }
                idle.incrementAndGet();
            }
            pause(waits++);
        }
        return null;
    }

    /** Lets all workers end: one has failed. */
    void cancel() {
        cancelled = true;
    }

    private boolean isAnythingOffered() {
        for (final Queue queue : queues) {
            if (queue.size != 0) {
                return true;
            }
        }
        return false;
    }

    private long[] steal(final int worker) {
        long[] batch = null;
        for (int i = 0; i < queues.length && batch == null; i++) {
            batch = queues[(worker + i) % queues.length].poll();
        }
        return batch;
    }

    private static void pause(final int waits) {
        if (waits < SPINS) {
            Thread.onSpinWait();
        } else {
            LockSupport.parkNanos(PAUSE_NS);
        }
    }

    /** What one worker offers. */
    private static final class Queue {
        private final ArrayDeque<long[]> batches = new ArrayDeque<>();
        private volatile int size;

        synchronized void add(final long[] batch) {
            batches.add(batch);
            size = batches.size();
        }

        long[] poll() {
            if (size == 0) {
                return null;
            }
            synchronized (this) {
                final long[] batch = batches.poll();
                size = batches.size();
                return batch;
            }
        }
    }
}

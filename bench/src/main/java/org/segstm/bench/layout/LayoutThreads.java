package org.segstm.bench.layout;

import org.segstm.bench.tool.BenchException;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;

/** The busy threads of a measurement: all run at a time, in rounds, and rest between them. */
final class LayoutThreads implements AutoCloseable {
    private final List<LayoutThread> threads = new ArrayList<>();
    private final Phaser barrier;
    private volatile boolean over;
    private volatile boolean last;

    LayoutThreads(final LayoutWorkload workload, final long[] cells, final int number) {
        barrier = new Phaser(number + 1);
        for (int i = 0; i < number; i++) {
            final LayoutThread thread = new LayoutThread(i, workload, cells, this);
            thread.setDaemon(true);
            threads.add(thread);
        }
        threads.forEach(Thread::start);
    }

    List<LayoutThread> all() {
        return threads;
    }

    void runRound(final long nanos) {
        over = false;
        await();
        try {
            TimeUnit.NANOSECONDS.sleep(nanos);
        } catch (final InterruptedException e) {
            throw new BenchException("interrupted");
        } finally {
            over = true;
        }
        await();
    }

    /** Ends the threads, which look at what is theirs before. */
    @Override
    public void close() {
        last = true;
        over = true;
        await();
        for (final LayoutThread thread : threads) {
            try {
                thread.join();
            } catch (final InterruptedException e) {
                throw new BenchException("interrupted");
            }
        }
        failIfOneFailed();
    }

    private void await() {
        barrier.arriveAndAwaitAdvance();
        failIfOneFailed();
    }

    private void failIfOneFailed() {
        for (final LayoutThread thread : threads) {
            if (thread.failure() != null) {
                throw new IllegalStateException(thread.getName() + " failed", thread.failure());
            }
        }
    }

    boolean isOver() {
        return over;
    }

    boolean awaitRound() {
        barrier.arriveAndAwaitAdvance();
        return !last;
    }

    void roundEnded() {
        barrier.arriveAndAwaitAdvance();
    }

    void threadEnded() {
        barrier.arriveAndDeregister();
    }
}

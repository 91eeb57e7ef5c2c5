package org.segstm.jit.compile;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Compiles units on threads of its own, the hottest first. A job that fails is reported and the interpreter goes on.
 */
public final class CompileQueue implements AutoCloseable {
    /** A threshold that most programs do well with. */
    public static final int DEFAULT_THRESHOLD = 1000;
    private final long startNanos = System.nanoTime();
    private final int threshold;
    private final CompileListener listener;
    private final List<Waiting> waiting = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final Map<CompileEvent.Kind, Integer> counts = new EnumMap<>(CompileEvent.Kind.class);
    private long compileNanos;
    private long firstInstalledNanos;
    private long lastInstalledNanos;
    private int busy;
    private boolean closed;

    /**
     * Starts the threads.
     *
     * @param threadCount 1 or more; they are daemons.
     * @param threshold   count from which on a unit is hot, 1 or more.
     * @param listener    told what happens.
     */
    public CompileQueue(final int threadCount, final int threshold, final CompileListener listener) {
        if (threadCount < 1 || threshold < 1) {
            throw new IllegalArgumentException("a queue has threads and a threshold: threadCount=" + threadCount
                + " threshold=" + threshold);
        }
        this.threshold = threshold;
        this.listener = listener;
        for (int i = 0; i < threadCount; i++) {
            final Thread thread = new Thread(this::work, "segstm-compiler-" + i);
            thread.setDaemon(true);
            threads.add(thread);
        }
        threads.forEach(Thread::start);
    }

    /**
     * Count from which on a unit is hot.
     *
     * @return the sum of weights.
     */
    public int threshold() {
        return threshold;
    }

    boolean add(final CodeUnit unit) {
        synchronized (this) {
            if (!closed) {
                waiting.add(new Waiting(unit, System.nanoTime()));
                notifyAll();
                return true;
            }
        }
        unit.dropped();
        return false;
    }

    private void work() {
        Waiting next = take();
        while (next != null) {
            compile(next);
            next = take();
        }
    }

    private synchronized Waiting take() {
        while (waiting.isEmpty() && !closed) {
            try {
                wait();
            } catch (final InterruptedException e) {
                // Nobody interrupts this thread but a JVM that ends.
                Thread.currentThread().interrupt();
                return null;
            }
        }
        if (closed) {
            return null;
        }
        int hottest = 0;
        for (int i = 1; i < waiting.size(); i++) {
            if (waiting.get(i).unit.hotness() > waiting.get(hottest).unit.hotness()) {
                hottest = i;
            }
        }
        busy++;
        return waiting.remove(hottest);
    }

    private void compile(final Waiting next) {
        final long begin = System.nanoTime();
        final long queued = begin - next.sinceNanos;
        CompileEvent.Kind kind = CompileEvent.Kind.FAILED;
        String text = "";
        Throwable thrown = null;
        int bytes = 0;
        long took = 0;
        try {
            final CompiledCode code = next.unit.compile();
            took = System.nanoTime() - begin;
            if (code == null) {
                next.unit.giveUp();
                kind = CompileEvent.Kind.DECLINED;
            } else {
                bytes = code.codeBytes();
                kind = next.unit.install(code) ? CompileEvent.Kind.INSTALLED : CompileEvent.Kind.DISCARDED;
            }
        } catch (final Throwable e) {
            // Whatever a compiler of the VM throws, the program must not suffer from.
            thrown = e;
            text = e.toString();
            next.unit.giveUp();
        }
        synchronized (this) {
            compileNanos += took;
        }
        tell(kind, next.unit, queued, took, bytes, text, thrown);
        synchronized (this) {
            busy--;
            notifyAll();
        }
    }

    void tell(final CompileEvent.Kind kind, final CodeUnit unit, final long queuedNanos, final long tookNanos,
        final int codeBytes, final String text, final Throwable thrown) {
        final long now = System.nanoTime() - startNanos;
        synchronized (this) {
            counts.merge(kind, 1, Integer::sum);
            if (kind == CompileEvent.Kind.INSTALLED) {
                firstInstalledNanos = firstInstalledNanos == 0 ? now : firstInstalledNanos;
                lastInstalledNanos = now;
            }
        }
        try {
            listener.happened(
                new CompileEvent(kind, unit.name(), now, queuedNanos, tookNanos, codeBytes, text, thrown));
        } catch (final RuntimeException e) {
            final Thread thread = Thread.currentThread();
            thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
        }
    }

    /**
     * How often something has happened.
     *
     * @param kind of events.
     * @return their number.
     */
    public synchronized int count(final CompileEvent.Kind kind) {
        return counts.getOrDefault(kind, 0);
    }

    /**
     * Figures so far, for measuring warm-up.
     *
     * @return a copy.
     */
    public synchronized Figures figures() {
        return new Figures(waiting.size() + busy, count(CompileEvent.Kind.INSTALLED), compileNanos,
            firstInstalledNanos, lastInstalledNanos);
    }

    /**
     * Waits until nothing is queued or being compiled. For tests and measurements.
     *
     * @throws InterruptedException when the thread is interrupted.
     */
    public synchronized void awaitIdle() throws InterruptedException {
        while (!closed && (busy != 0 || !waiting.isEmpty())) {
            wait();
        }
    }

    /** Compiles nothing any more. What is being compiled is installed still; units that waited stay interpreted. */
    @Override
    public void close() {
        final List<Waiting> dropped;
        synchronized (this) {
            closed = true;
            dropped = new ArrayList<>(waiting);
            waiting.clear();
            notifyAll();
        }
        dropped.forEach(w -> w.unit.dropped());
        boolean interrupted = false;
        for (final Thread thread : threads) {
            while (thread.isAlive() && thread != Thread.currentThread() && !interrupted) {
                try {
                    thread.join();
                } catch (final InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Figures of a queue; times since it was made.
     *
     * @param pending             units that wait or are being compiled.
     * @param installed           how often code was installed.
     * @param compileNanos        time spent in jobs.
     * @param firstInstalledNanos when code was installed first, 0 if never.
     * @param lastInstalledNanos  when code was installed last, 0 if never.
     */
    public record Figures(
        int pending, int installed, long compileNanos, long firstInstalledNanos, long lastInstalledNanos) {
    }

    /** A unit and since when it waits. */
    private static final class Waiting {
        private final CodeUnit unit;
        private final long sinceNanos;

        Waiting(final CodeUnit unit, final long sinceNanos) {
            this.unit = unit;
            this.sinceNanos = sinceNanos;
        }
    }
}

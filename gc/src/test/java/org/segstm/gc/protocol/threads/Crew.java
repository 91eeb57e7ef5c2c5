package org.segstm.gc.protocol.threads;

import org.segstm.gc.verify.HeapVerifier;
import org.segstm.heap.GlobalRoot;
import org.segstm.heap.HeapContext;
import org.segstm.heap.Mutator;
import org.segstm.heap.SegmentHeap;
import org.segstm.heap.layout.Field;
import org.segstm.heap.layout.FieldType;
import org.segstm.heap.layout.ObjectLayout;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

/** A heap, a table of cells that everybody knows, and threads that do the same again and again until time is up. */
final class Crew implements AutoCloseable {
    private static final long PATIENCE_MS = 60_000;
    private static final int PAUSE_MS = 3;
    private static final int ROUNDS_PER_MAJOR = 4;

    final SegmentHeap heap;
    /** A number and a ref. */
    final ObjectLayout cell;
    final Field value;
    final Field next;
    final ObjectLayout array;
    final ObjectLayout blob;
    private final GlobalRoot table;
    private final int threads;
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private volatile boolean stop;

    Crew(final Setup setup, final int tableLength) {
        this(setup.context(), setup.threads(), tableLength);
    }

    Crew(final HeapContext context, final int threads, final int tableLength) {
        this.threads = threads;
        heap = SegmentHeap.open(context);
        final ObjectLayout.Builder builder = ObjectLayout.named("cell");
        value = builder.field("value", FieldType.INT64);
        next = builder.field("next", FieldType.REF);
        cell = heap.register(builder);
        array = heap.register(ObjectLayout.named("array").variableRefs());
        blob = heap.register(ObjectLayout.named("blob").variableBytes());
        table = heap.newGlobalRoot("table");
        try (Mutator mutator = heap.attachMutator("founder")) {
            mutator.atomicallyDo(m -> {
                m.push(m.allocate(array, tableLength));
                for (int i = 0; i < tableLength; i++) {
                    m.putRefAt(m.root(0), i, m.allocate(cell));
                }
            });
            table.set(mutator.pop());
        }
    }

    /** The cell at an index of the table. */
    long cell(final Mutator mutator, final int index) {
        return mutator.getRefAt(table.get(), index);
    }

    /** Runs all threads, and one that reshares, detaches and collects now and then. Rethrows what any of them threw. */
    void work(final long millis, final Work work) {
        final List<Thread> all = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            final int index = i;
            all.add(new Thread(() -> workUntilStopped(index, work), "worker" + i));
        }
        all.add(new Thread(this::disturbUntilStopped, "disturber"));
        all.forEach(Thread::start);
        sleep(millis);
        stop = true;
        final long deadline = System.currentTimeMillis() + PATIENCE_MS;
        for (final Thread thread : all) {
            join(thread, deadline);
        }
        rethrow();
        HeapVerifier.verify(heap);
    }

    /** For checks at the end, in a transaction of its own. */
    void inspect(final Work work) {
        try (Mutator mutator = heap.attachMutator("inspector")) {
            work.step(mutator, new Random(0), 0);
        }
    }

    private void workUntilStopped(final int index, final Work work) {
        final long seed = ThreadLocalRandom.current().nextLong();
        final Random random = new Random(seed);
        final Mutator mutator = heap.attachMutator("worker" + index);
        try {
            while (!stop) {
                work.step(mutator, random, index);
            }
        } catch (final Throwable e) {
            stop = true;
            failure.compareAndSet(null, new AssertionError("seed=" + seed + " of worker " + index + ": " + e, e));
            if (mutator.inTransaction()) {
                return;
            }
        }
        mutator.close();
    }

    private void disturbUntilStopped() {
        int rounds = 0;
        try {
            while (!stop) {
                sleep(PAUSE_MS);
                heap.reshare();
                sleep(PAUSE_MS);
                heap.detachIdle();
                if (++rounds % ROUNDS_PER_MAJOR == 0) {
                    heap.collectMajor();
                    HeapVerifier.verify(heap);
                }
            }
        } catch (final Throwable e) {
            stop = true;
            failure.compareAndSet(null, e);
        }
    }

    boolean isStopped() {
        return stop;
    }

    private void join(final Thread thread, final long deadline) {
        try {
            thread.join(Math.max(1, deadline - System.currentTimeMillis()));
        } catch (final InterruptedException e) {
            throw new AssertionError(e);
        }
        if (thread.isAlive()) {
            rethrow();
            throw new AssertionError(thread.getName() + " does not end:\n"
                + Thread.getAllStackTraces().entrySet().stream().map(entry -> entry.getKey() + "\n    "
                    + Arrays.stream(entry.getValue()).map(Object::toString).collect(Collectors.joining("\n    ")))
                .collect(Collectors.joining("\n")));
        }
    }

    private void rethrow() {
        if (failure.get() != null) {
            throw new AssertionError(failure.get());
        }
    }

    private static void sleep(final long millis) {
        try {
            Thread.sleep(millis);
        } catch (final InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        if (failure.get() == null) {
            heap.close();
        }
    }

    /** What a thread does again and again. */
    @FunctionalInterface
    interface Work {
        /**
         * One piece of work, outside any transaction.
         *
         * @param mutator of the thread.
         * @param random  of the thread.
         * @param index   of the thread.
         */
        void step(Mutator mutator, Random random, int index);
    }
}

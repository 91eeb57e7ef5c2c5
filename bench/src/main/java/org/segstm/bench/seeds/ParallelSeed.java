package org.segstm.bench.seeds;

import org.segstm.bench.tool.BenchException;
import org.segstm.heap.HeapContext;
import org.segstm.heap.Mutator;
import org.segstm.heap.SegmentHeap;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** A program on the heap's API whose threads share out the work; what they compute with lies in the heap. */
abstract class ParallelSeed implements AutoCloseable {
    final SegmentHeap heap;
    final int threads;
    private final Seed.Shape shape;

    ParallelSeed(final HeapContext context, final Seed.Shape shape, final int threads) {
        this.heap = SegmentHeap.open(context);
        this.shape = shape;
        this.threads = threads;
    }

    /** Runs the part of one thread. */
    abstract void work(Mutator mutator, int thread);

    /** What the last run has computed. */
    abstract long result();

    /** What it has to be. */
    abstract long expected();

    /** Ends a transaction's body as the shape wants it. */
    final void finish(final Mutator mutator) {
        if (shape == Seed.Shape.INEVITABLE) {
            mutator.becomeInevitable("as at the end of a primitive that cannot be undone");
        }
    }

    final void run() {
        final AtomicReference<Throwable> failure = new AtomicReference<>();
        final List<Thread> all = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            final int number = i;
            final Thread thread = new Thread(() -> {
                try (Mutator mutator = heap.attachMutator("thread " + number)) {
                    work(mutator, number);
                } catch (final RuntimeException | Error e) {
                    failure.compareAndSet(null, e);
                }
            });
            all.add(thread);
            thread.start();
        }
        try {
            for (final Thread thread : all) {
                thread.join();
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchException("interrupted");
        }
        if (failure.get() != null) {
            throw new IllegalStateException("a thread failed", failure.get());
        }
    }

    @Override
    public void close() {
        heap.close();
    }
}

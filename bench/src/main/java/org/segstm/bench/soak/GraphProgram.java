package org.segstm.bench.soak;

import org.segstm.heap.HeapContext;
import org.segstm.heap.Mutator;
import org.segstm.heap.SegmentHeap;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** Threads that replace parts of trees, queues, blobs and an array. Now and then a thread takes a new mutator. */
final class GraphProgram implements SoakProgram {
    private static final int STEPS_OF_MUTATOR = 2000;
    private static final long JOIN_MS = 30_000;
    private final GraphHeap heap;
    private final List<Churn> structures;
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicLong rounds = new AtomicLong();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private volatile boolean stopped;

    GraphProgram(final HeapContext context, final int threads, final long seed) {
        heap = new GraphHeap(context);
        structures = List.of(new TreeChurn(heap), new QueueChurn(heap), new BlobChurn(heap), new ArrayChurn(heap));
        try (Mutator mutator = heap.heap.attachMutator("fill")) {
            structures.forEach(structure -> structure.fill(mutator));
        }
        for (int i = 0; i < threads; i++) {
            final Random random = new Random(seed + i);
            this.threads.add(new Thread(() -> run(random), "soak graph " + i));
        }
    }

    @Override
    public String name() {
        return "graph";
    }

    @Override
    public SegmentHeap heap() {
        return heap.heap;
    }

    @Override
    public void start() {
        threads.forEach(Thread::start);
    }

    private void run(final Random random) {
        try {
            while (!stopped) {
                try (Mutator mutator = heap.heap.attachMutator(Thread.currentThread().getName())) {
                    for (int i = 0; i < STEPS_OF_MUTATOR && !stopped; i++) {
                        step(mutator, random);
                    }
                }
            }
        } catch (final RuntimeException | Error e) {
            failure.compareAndSet(null, e);
        }
    }

    private void step(final Mutator mutator, final Random random) {
        final Churn structure = structures.get(random.nextInt(structures.size()));
        final long seed = random.nextLong();
        mutator.atomicallyDo(m -> structure.step(m, new Random(seed)));
        rounds.incrementAndGet();
    }

    @Override
    public long rounds() {
        return rounds.get();
    }

    @Override
    public Throwable failure() {
        return failure.get();
    }

    @Override
    public void close() {
        stopped = true;
        boolean ended = true;
        for (final Thread thread : threads) {
            ended &= SoakThreads.join(thread, JOIN_MS);
        }
        if (ended) {
            heap.close();
        }
    }
}

package org.segstm.bench.inevitable;

import org.segstm.bench.tool.BenchException;
import org.segstm.heap.GlobalRoot;
import org.segstm.heap.HeapContext;
import org.segstm.heap.Mutator;
import org.segstm.heap.SegmentHeap;
import org.segstm.heap.layout.Field;
import org.segstm.heap.layout.FieldType;
import org.segstm.heap.layout.ObjectLayout;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** Threads that work on cells of their own, in transactions of which some are inevitable. */
public final class InevitableRun {
    private static final int CELLS_PER_THREAD = 512;
    private static final long PATIENCE_MS = 60_000;

    private final InevitableShape shape;
    private final int threads;
    private final AtomicLong transactions = new AtomicLong();
    private final AtomicLong increments = new AtomicLong();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final CountDownLatch start = new CountDownLatch(1);
    private Field value;
    private GlobalRoot table;
    private volatile boolean counting;
    private volatile boolean stop;

    /**
     * Prepares a run.
     *
     * @param shape   of the transactions.
     * @param threads number of threads.
     */
    public InevitableRun(final InevitableShape shape, final int threads) {
        this.shape = shape;
        this.threads = threads;
    }

    /**
     * Runs.
     *
     * @param warmUpMs milliseconds that do not count.
     * @param millis   that count.
     * @return transactions per second: of all threads, or of all but the inevitable one where one is set apart.
     */
    public double run(final long warmUpMs, final long millis) {
        try (SegmentHeap heap = SegmentHeap.open(new HeapContext().segments(threads))) {
            setUp(heap);
            final Thread[] all = new Thread[threads];
            for (int i = 0; i < threads; i++) {
                final int index = i;
                all[i] = new Thread(() -> work(heap, index), "worker" + i);
                all[i].setDaemon(true);
                all[i].start();
            }
            start.countDown();
            Thread.sleep(warmUpMs);
            counting = true;
            final long from = System.nanoTime();
            Thread.sleep(millis);
            counting = false;
            final double seconds = (System.nanoTime() - from) / 1e9;
            stop = true;
            for (final Thread thread : all) {
                thread.join(PATIENCE_MS);
            }
            check(heap);
            return transactions.get() / seconds;
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchException("interrupted");
        }
    }

    private void setUp(final SegmentHeap heap) {
        final ObjectLayout.Builder builder = ObjectLayout.named("cell");
        value = builder.field("value", FieldType.INT64);
        final ObjectLayout cell = heap.register(builder);
        final ObjectLayout cells = heap.register(ObjectLayout.named("cells").variableRefs());
        table = heap.newGlobalRoot("cells");
        try (Mutator mutator = heap.attachMutator("setup")) {
            mutator.atomicallyDo(m -> {
                m.push(m.allocate(cells, (long) threads * CELLS_PER_THREAD));
                for (int i = 0; i < threads * CELLS_PER_THREAD; i++) {
                    m.putRefAt(m.root(0), i, m.allocate(cell));
                }
            });
            table.set(mutator.pop());
        }
    }

    private void work(final SegmentHeap heap, final int index) {
        long done = 0;
        long counted = 0;
        try (Mutator mutator = heap.attachMutator("worker" + index)) {
            start.await();
            final boolean apart = shape.isApart(index);
            while (!stop) {
                final long seed = done;
                mutator.atomicallyDo(m -> shape.transaction(this, m, index, seed));
                done += shape.increments(index);
                counted += counting && !apart ? 1 : 0;
            }
        } catch (final InterruptedException | RuntimeException | Error e) {
            failure.compareAndSet(null, e);
        }
        transactions.addAndGet(counted);
        increments.addAndGet(done);
    }

    /** Reads and increments cells of one thread. */
    void touch(final Mutator m, final int thread, final long seed, final int reads, final int writes) {
        long random = seed * 0x9E3779B97F4A7C15L + 1;
        long sum = 0;
        for (int i = 0; i < reads; i++) {
            random = random * 6364136223846793005L + 1442695040888963407L;
            sum += m.getLong(cell(m, thread, random >>> 40), value);
            if ((i & 63) == 0) {
                m.safepoint();
            }
        }
        for (int i = 0; i < writes; i++) {
            final long ref = cell(m, thread, sum + seed + i);
            m.putLong(ref, value, m.getLong(ref, value) + 1);
        }
    }

    private long cell(final Mutator m, final int thread, final long number) {
        return m.getRefAt(table.get(), (long) thread * CELLS_PER_THREAD + (number & CELLS_PER_THREAD - 1));
    }

    private void check(final SegmentHeap heap) {
        if (failure.get() != null) {
            throw new BenchException(shape + ": " + failure.get());
        }
        try (Mutator mutator = heap.attachMutator("check")) {
            final long sum = mutator.atomically(m -> {
                long all = 0;
                for (int i = 0; i < threads * CELLS_PER_THREAD; i++) {
                    all += m.getLong(m.getRefAt(table.get(), i), value);
                }
                return all;
            });
            if (sum != increments.get()) {
                throw new BenchException(shape + ": increments=" + increments + " sum=" + sum);
            }
        }
    }
}

package org.segstm.bench.soak;

import org.segstm.bench.tool.Resources;
import org.segstm.duhton.interp.DuhtonThread;
import org.segstm.duhton.transaction.Program;
import org.segstm.heap.HeapContext;
import org.segstm.heap.SegmentHeap;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** A Duhton program that renews trees and a queue, round after round. */
final class DuhtonProgram implements SoakProgram {
    private static final String SOURCE = "soak.duh";
    private static final String ROUND = "(round)";
    private static final long JOIN_MS = 30_000;
    private final SegmentHeap heap;
    private final int workers;
    private final Thread thread;
    private final AtomicLong rounds = new AtomicLong();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private volatile boolean stopped;

    DuhtonProgram(final HeapContext context, final int workers) {
        this.heap = SegmentHeap.open(context);
        this.workers = workers;
        this.thread = new Thread(null, this::run, "soak duhton", DuhtonThread.STACK_BYTES);
    }

    @Override
    public String name() {
        return "duhton";
    }

    @Override
    public SegmentHeap heap() {
        return heap;
    }

    @Override
    public void start() {
        thread.start();
    }

    private void run() {
        try (Program program = new Program(heap, workers, workers, OutputStream.nullOutputStream())) {
            program.run(
                Resources.text(DuhtonProgram.class, "program", SOURCE, StandardCharsets.ISO_8859_1), 1, false);
            while (!stopped) {
                program.run(ROUND, 1, false);
                rounds.incrementAndGet();
            }
        } catch (final RuntimeException | Error e) {
            failure.compareAndSet(null, e);
        }
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
        if (SoakThreads.join(thread, JOIN_MS)) {
            heap.close();
        }
    }
}

package org.segstm.bench.barriers;

import org.segstm.bench.tool.BenchException;
import org.segstm.duhton.DuhtonError;
import org.segstm.duhton.compile.BarrierCounters;
import org.segstm.duhton.compile.CompileOptions;
import org.segstm.duhton.compile.Jit;
import org.segstm.duhton.interp.DuhtonThread;
import org.segstm.duhton.transaction.Program;
import org.segstm.heap.HeapContext;
import org.segstm.heap.SegmentHeap;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;

/** Runs Duhton programs one way, on one thread, each on a heap of its own. */
final class ProgramRun {
    private final Way way;
    private final int threshold;
    private final BarrierCounters counters;

    /**
     * A way to run programs.
     *
     * @param way       to run them.
     * @param threshold of the compiler.
     * @param counters  of what compiled code executes; null to count nothing.
     */
    ProgramRun(final Way way, final int threshold, final BarrierCounters counters) {
        this.way = way;
        this.threshold = threshold;
        this.counters = counters;
    }

    /** Runs a program to its end and gives what it printed. */
    String run(final String text) {
        final ByteArrayOutputStream output = new ByteArrayOutputStream();
        onProgram(output, program -> program.run(text, 1, false));
        return output.toString(StandardCharsets.ISO_8859_1);
    }

    /** Makes a program that has done nothing yet, and has something done with it, on a thread with a deep stack. */
    void onProgram(final ByteArrayOutputStream output, final Consumer<Program> action) {
        final FutureTask<Void> task = new FutureTask<>(() -> {
            try (SegmentHeap heap = SegmentHeap.open(new HeapContext().segments(1).serial(way.isSerial()));
                    Program program = new Program(heap, 1, 1, output, null, compiler())) {
                action.accept(program);
            }
        }, null);
        new Thread(null, task, "duhton main", DuhtonThread.STACK_BYTES).start();
        try {
            task.get();
        } catch (final ExecutionException e) {
            if (e.getCause() instanceof DuhtonError) {
                throw new BenchException("the program failed: " + e.getCause().getMessage());
            }
            throw new IllegalStateException(e.getCause());
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchException("interrupted while a program was running");
        }
    }

    private Jit compiler() {
        return way.barriers() == null ? null
            : new Jit(threshold, System.err, false, new CompileOptions(way.barriers(), counters));
    }
}

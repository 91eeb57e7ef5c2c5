package org.segstm.bench.length;

import org.segstm.bench.tool.BenchException;
import org.segstm.bench.tool.ChildResult;
import org.segstm.bench.tool.Figures;
import org.segstm.bench.tool.HandOff;
import org.segstm.bench.tool.OldObjects;
import org.segstm.heap.HeapContext;
import org.segstm.heap.Mutator;
import org.segstm.heap.SegmentHeap;
import org.segstm.heap.layout.Field;
import org.segstm.heap.layout.FieldType;
import org.segstm.heap.layout.ObjectLayout;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;

/** Measures one way of running one kind of steps, in a JVM of its own. */
public final class LengthMain {
    /** In place of a number of steps in a transaction: {@link Mutator#runSteps}. */
    public static final int AS_STEPS = 0;
    /** In place of a number of steps in a transaction: {@link Mutator#transactionBreak()} after each step. */
    public static final int WITH_BREAKS = -1;
    /** Rounds that the warm-up and those that count take together. */
    public static final int ROUNDS_OF_TIME = 8;
    private static final int ROUNDS = 5;
    private static final int WARM_UP_ROUNDS = ROUNDS_OF_TIME - ROUNDS;
    private static final int STEPS_IN_BATCH = 100_000;
    private static final int CELLS = 10_000;
    private static final int HOT_CELLS = 100;
    private static final long SEED = 0x9E3779B97F4A7C15L;

    private final StepKind kind;
    private final int way;
    private final int threads;
    private final long roundNanos;
    private final SegmentHeap heap;
    private final ObjectLayout layout;
    private final Field count;
    private final long[] cells;
    private final double[] rates = new double[ROUNDS];
    private final double[] handOffNanos = new double[ROUNDS + 1];
    private int handOffsMeasured;
    private long steps;
    private Throwable failure;

    private LengthMain(final StepKind kind, final int way, final int threads, final long roundNanos) {
        this.kind = kind;
        this.way = way;
        this.threads = threads;
        this.roundNanos = roundNanos;
        heap = SegmentHeap.open(new HeapContext());
        final ObjectLayout.Builder builder = ObjectLayout.named("cell");
        count = builder.field("count", FieldType.INT64);
        builder.field("second", FieldType.INT64);
        builder.field("third", FieldType.INT64);
        layout = heap.register(builder);
        cells = newCells(heap.register(ObjectLayout.named("cells").variableRefs()));
    }

    /**
     * Measures.
     *
     * @param arguments kind of steps, way, threads, nanoseconds of a round.
     */
    public static void main(final String[] arguments) throws InterruptedException {
        final LengthMain main;
        try {
            main = new LengthMain(StepKind.of(arguments[0]), Integer.parseInt(arguments[1]),
                Integer.parseInt(arguments[2]), Long.parseLong(arguments[3]));
        } catch (final IllegalArgumentException e) {
            System.out.print(ChildResult.printWrongSetting(e.getMessage()));
            return;
        }
        System.out.print(main.measure().print());
    }

    private long[] newCells(final ObjectLayout all) {
        return OldObjects.make(heap, all, kind == StepKind.HOT ? HOT_CELLS : CELLS,
            (mutator, index) -> mutator.allocate(layout));
    }

    /** What a hand-off between processors costs just before each round changes all that two threads do. */
    private ChildResult measure() throws InterruptedException {
        try (HandOff handOff = new HandOff()) {
            return measure(new CyclicBarrier(threads, () -> handOffNanos[handOffsMeasured++] =
                threads > 1 ? handOff.medianNs() : Double.NaN));
        }
    }

    private ChildResult measure(final CyclicBarrier start) throws InterruptedException {
        final List<Thread> all = new ArrayList<>();
        final List<Mutator> mutators = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            final Mutator mutator = heap.attachMutator("M" + i);
            mutators.add(mutator);
            final StepProgram program = new StepProgram(kind, mutator, cells, layout, count, SEED * (i + 1));
            final Thread thread = new Thread(() -> run(program, start));
            thread.setUncaughtExceptionHandler((who, e) -> fail(e));
            all.add(thread);
        }
        all.forEach(Thread::start);
        for (final Thread thread : all) {
            thread.join();
        }
        long committed = 0;
        long aborted = 0;
        long length = 0;
        for (final Mutator mutator : mutators) {
            committed += mutator.statistics().committed();
            aborted += mutator.statistics().aborted();
            length = Math.max(length, mutator.transactionLength());
            mutator.close();
        }
        if (failure != null) {
            throw new BenchException("a thread failed: " + failure);
        }
        final boolean right = kind != StepKind.UPDATE && kind != StepKind.HOT || sum() == steps;
        final String settings = heap.context().toString();
        heap.close();
        return new ChildResult().put("stepsPerSecond", Figures.median(rates)).put("stepsPerCommit",
            (double) steps / committed).put("abortRate", (double) aborted / (committed + aborted))
            .put("length", length).put("handOffNs", Figures.median(handOffNanos))
            .put("check", right).put("heap", settings);
    }

    /** The first round warms up. */
    private void run(final StepProgram program, final CyclicBarrier start) {
        for (int round = -1; round < ROUNDS; round++) {
            await(start);
            final long begun = System.nanoTime();
            long done = 0;
            do {
                runBatch(program);
                done += STEPS_IN_BATCH;
            } while (System.nanoTime() - begun < (round < 0 ? WARM_UP_ROUNDS : 1) * roundNanos);
            add(Math.max(0, round), round < 0 ? 0 : done * 1e9 / (System.nanoTime() - begun), done);
        }
        if (program.sink() == SEED) {
            System.err.println("unlikely");
        }
    }

    private void runBatch(final StepProgram program) {
        if (way == AS_STEPS) {
            program.runSteps(STEPS_IN_BATCH);
        } else if (way == WITH_BREAKS) {
            program.runWithBreaks(STEPS_IN_BATCH);
        } else {
            program.runTuned(STEPS_IN_BATCH, way);
        }
    }

    /** The first one, as others fail because of it. */
    private synchronized void fail(final Throwable thrown) {
        failure = failure == null ? thrown : failure;
    }

    private synchronized void add(final int round, final double rate, final long done) {
        rates[round] += rate;
        steps += done;
    }

    private static void await(final CyclicBarrier start) {
        try {
            start.await(1, TimeUnit.MINUTES);
        } catch (final Exception e) {
            throw new IllegalStateException("the other threads did not come", e);
        }
    }

    private long sum() {
        try (Mutator mutator = heap.attachMutator("check")) {
            return mutator.atomically(m -> {
                long sum = 0;
                for (final long cell : cells) {
                    sum += m.getLong(cell, count);
                }
                return sum;
            });
        }
    }
}

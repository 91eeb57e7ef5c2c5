package org.segstm.bench.seeds;

import org.segstm.bench.programs.DuhtonRun;
import org.segstm.bench.tool.ChildResult;
import org.segstm.bench.tool.Figures;
import org.segstm.heap.HeapContext;

/** Runs one program in a JVM of its own, checks its result, and prints how long it took. */
public final class SeedMain {
    private static final int ROUNDS = 3;

    private SeedMain() {
    }

    /**
     * Runs once.
     *
     * @param arguments row, shape, threads (0 for no-STM mode), quick.
     */
    public static void main(final String[] arguments) {
        final Seed seed = Seed.of(arguments[0]);
        final Seed.Shape shape = Seed.Shape.valueOf(arguments[1]);
        final int threads = Integer.parseInt(arguments[2]);
        final boolean quick = Boolean.parseBoolean(arguments[3]);
        System.out.print((seed.isDuhton()
            ? DuhtonRun.run(seed.prelude(quick) + DuhtonRun.source(seed.program()), threads, seed.expected(quick))
            : runParallel(seed, shape, threads, quick)).print());
    }

    /** The first round warms up. */
    private static ChildResult runParallel(
        final Seed seed, final Seed.Shape shape, final int threads, final boolean quick) {
        final HeapContext context = new HeapContext().serial(threads == 0);
        final double[] seconds = new double[ROUNDS];
        boolean right = true;
        long result = 0;
        try (ParallelSeed program = seed == Seed.MANDELBROT
            ? new MandelbrotSeed(context, shape, Math.max(1, threads), (int) seed.size(quick))
            : new SumSeed(context, shape, Math.max(1, threads), seed.size(quick))) {
            for (int round = -1; round < ROUNDS; round++) {
                final long start = System.nanoTime();
                program.run();
                seconds[Math.max(0, round)] = (System.nanoTime() - start) / 1e9;
                result = program.result();
                right &= result == program.expected();
            }
        }
        return new ChildResult().put("seconds", Figures.median(seconds)).put("result", result).put("right", right);
    }
}

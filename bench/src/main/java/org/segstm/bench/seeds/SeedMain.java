package org.segstm.bench.seeds;

import org.segstm.bench.tool.BenchException;
import org.segstm.bench.tool.ChildResult;
import org.segstm.bench.tool.Figures;
import org.segstm.duhton.cli.DuhtonCommand;
import org.segstm.heap.HeapContext;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

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
        System.out.print(seed.isDuhton() ? runDuhton(seed, threads, quick).print()
            : runParallel(seed, shape, threads, quick).print());
    }

    private static ChildResult runDuhton(final Seed seed, final int threads, final boolean quick) {
        final ByteArrayOutputStream output = new ByteArrayOutputStream();
        final List<String> options = new ArrayList<>();
        if (threads == 0) {
            options.add("--serial");
        }
        options.addAll(List.of("--num-threads", Integer.toString(Math.max(1, threads)), "-"));
        final byte[] text = (seed.prelude(quick) + source(seed)).getBytes(StandardCharsets.ISO_8859_1);
        final long start = System.nanoTime();
        final int status =
            DuhtonCommand.run(new ByteArrayInputStream(text), output, System.err, options.toArray(new String[0]));
        final double seconds = (System.nanoTime() - start) / 1e9;
        final String printed = output.toString(StandardCharsets.ISO_8859_1).trim();
        return new ChildResult().put("seconds", seconds).put("result", printed)
            .put("right", status == 0 && printed.equals(seed.expected(quick)));
    }

    private static String source(final Seed seed) {
        try (InputStream source = SeedMain.class.getResourceAsStream(seed.resource())) {
            return new String(source.readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (final IOException e) {
            throw new BenchException("cannot read " + seed.resource() + ": " + e);
        }
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

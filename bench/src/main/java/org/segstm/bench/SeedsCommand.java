package org.segstm.bench;

import org.segstm.bench.seeds.Seed;
import org.segstm.bench.seeds.SeedMain;
import org.segstm.bench.seeds.SeedsReport;
import org.segstm.bench.tool.ChildJvm;
import org.segstm.bench.tool.ChildResult;
import org.segstm.bench.tool.Figures;
import org.segstm.bench.tool.Measured;
import org.segstm.bench.tool.Progress;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;

/** {@code segstm seeds}: the published tables of such systems, measured again. */
@Command(
    name = "seeds",
    description = "Measures the tables that Duhton, PyPy-STM and RSqueak/STM published, beside what they say. Duhton's "
        + "rows, raytrace and richards are Duhton programs (raytrace and richards are written for this table, so "
        + "compare shapes there, not seconds). Sums and Mandelbrot are Java programs on the heap's API, each in "
        + "plain transactions and in RSqueak's shape, where each transaction ends inevitable. Each figure comes from "
        + "JVMs of its own and is a median; all results are checked.")
public final class SeedsCommand implements Callable<Integer> {
    private static final int MOST_ROUNDS = 100;
    private static final String SERIAL_COLLECTOR = "-XX:+UseSerialGC";

    @Spec
    private CommandSpec spec;

    @Option(names = "--rows", split = ",", paramLabel = "ROW", converter = SeedConverter.class,
        description = "square, trees, trees2, raytrace, richards, sum7, sum9, mandelbrot (default: all).")
    private List<Seed> rows = List.of(Seed.values());

    @Option(names = "--rounds", paramLabel = "N", defaultValue = "3",
        description = "JVMs per figure of a Duhton program (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(names = "--quick", description = "Small sizes, one round: about a minute.")
    private boolean quick;

    @Mixin
    private JsonOption json = new JsonOption();

    @Override
    public Integer call() {
        if (rounds < 1 || rounds > MOST_ROUNDS) {
            throw new ParameterException(spec.commandLine(), "--rounds must be from 1 to 100: " + rounds);
        }
        final PrintWriter out = spec.commandLine().getOut();
        final Progress progress = Progress.on(out);
        final SeedsReport report = new SeedsReport();
        for (final Seed seed : rows) {
            for (final Seed.Shape shape : seed.shapes()) {
                for (final int threads : seed.threads()) {
                    progress.show("measuring " + seed.id() + ", " + shape.id() + ", threads: " + threads);
                    measure(seed, shape, threads, report);
                    progress.clear();
                }
            }
        }
        Measured.printOn(out, "defaults; as many segments as threads for Duhton programs");
        Measured.line(out, "time", (quick ? "small sizes, not those published; 1 JVM" : "medians of " + rounds
            + " JVMs") + " per figure of Duhton programs, 3 rounds after one of warm-up in a JVM of the others");
        out.println();
        out.print(report.table());
        out.flush();
        json.write(report.toJson());
        return report.isRight() ? 0 : 1;
    }

    private void measure(final Seed seed, final Seed.Shape shape, final int threads, final SeedsReport report) {
        final boolean repeated = !quick && seed.shapes().size() == 1;
        final double[] seconds = new double[repeated ? rounds : 1];
        final double[] process = new double[seconds.length];
        boolean right = true;
        for (int i = 0; i < seconds.length; i++) {
            final long start = System.nanoTime();
            final ChildResult result = ChildResult.parse(new ChildJvm(SeedMain.class).flag(SERIAL_COLLECTOR)
                .argument(seed.id()).argument(shape.name()).argument(threads).argument(quick).run());
            process[i] = (System.nanoTime() - start) / 1e9;
            seconds[i] = result.number("seconds");
            right &= Boolean.parseBoolean(result.text("right"));
        }
        report.add(seed, shape, threads, Figures.median(seconds), Figures.median(process), right);
    }

    /** Names of rows. */
    static final class SeedConverter implements ITypeConverter<Seed> {
        @Override
        public Seed convert(final String text) {
            try {
                return Seed.of(text);
            } catch (final IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }
}

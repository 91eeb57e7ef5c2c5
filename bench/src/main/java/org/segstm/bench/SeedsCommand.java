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
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;

/** {@code segstm seeds}: the published tables of such systems, measured again. */
@Command(
    name = "seeds",
    description = "Measures the tables that Duhton, PyPy-STM and RSqueak/STM published, beside what they say. Duhton's "
        + "rows, raytrace and richards are Duhton programs (the sizes of Duhton's are not known and chosen for some "
        + "seconds here, raytrace and richards are written for this table: compare shapes there, not seconds). "
        + "Sums and Mandelbrot are Java programs on the heap's API, each in plain transactions and in RSqueak's shape, "
        + "where each transaction ends inevitable. Each figure comes from JVMs of its own and is a median; all results "
        + "are checked.")
public final class SeedsCommand extends BenchCommand {
    private static final int MOST_ROUNDS = 100;

    @Option(names = "--rows", split = ",", paramLabel = "ROW", converter = SeedConverter.class,
        description = "square, trees, trees2, raytrace, richards, sum7, sum9, mandelbrot (default: all).")
    private List<Seed> rows = List.of(Seed.values());

    @Quick("1")
    @Option(names = "--rounds", paramLabel = "N", defaultValue = "3",
        description = "JVMs per figure of a Duhton program (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(names = "--quick", description = "Small sizes, one round: about a minute." + OTHERS_WIN)
    private boolean quick;

    @Mixin
    private MarkdownOption markdown = new MarkdownOption();

    @Mixin
    private JsonOption json = new JsonOption();

    @Override
    int execute() {
        checkRange("--rounds", rounds, 1, MOST_ROUNDS);
        final PrintWriter out = out();
        final Progress progress = Progress.on(out);
        final SeedsReport report = new SeedsReport();
        for (final Seed seed : rows) {
            for (final Seed.Shape shape : seed.shapes()) {
                measure(seed, shape, report, progress);
            }
        }
        progress.clear();
        final String facts = Measured.text(lines -> {
            Measured.printOn(lines, "defaults; as many segments as threads for Duhton programs");
            Measured.line(lines, "time", (quick ? "small sizes, not those published; " : "")
                + (rounds == 1 ? "1 JVM" : "medians of " + rounds + " JVMs in turn")
                + " per figure of Duhton programs, 3 rounds after one of warm-up in a JVM of the others");
        });
        out.println(facts);
        out.print(report.table());
        out.flush();
        json.write(report.toJson());
        markdown.write(facts, report.table().toMarkdown());
        return report.isRight() ? 0 : 1;
    }

    /** Programs on the heap's API have rounds of their own, after warm-up. */
    private void measure(
        final Seed seed, final Seed.Shape shape, final SeedsReport report, final Progress progress) {
        final List<Integer> threads = seed.threads();
        final int jvms = seed.shapes().size() == 1 ? rounds : 1;
        final double[][] seconds = new double[threads.size()][jvms];
        final double[][] process = new double[threads.size()][jvms];
        final boolean[] right = new boolean[threads.size()];
        Arrays.fill(right, true);
        for (int round = 0; round < jvms; round++) {
            for (int i = 0; i < right.length; i++) {
                progress.show("measuring " + seed.id() + ", " + shape.id() + ", threads: " + threads.get(i));
                final long start = System.nanoTime();
                final ChildResult result = ChildResult.parse(new ChildJvm(SeedMain.class)
                    .flag(ChildJvm.SERIAL_COLLECTOR).argument(seed.id()).argument(shape.name())
                    .argument(threads.get(i)).argument(quick).run());
                process[i][round] = (System.nanoTime() - start) / 1e9;
                seconds[i][round] = result.number("seconds");
                right[i] &= Boolean.parseBoolean(result.text("right"));
            }
        }
        for (int i = 0; i < right.length; i++) {
            report.add(seed, shape, threads.get(i), Figures.median(seconds[i]), Figures.median(process[i]), right[i]);
        }
    }

    /** Names of rows. */
    static final class SeedConverter extends NamedConverter<Seed> {
        SeedConverter() {
            super(Seed::of);
        }
    }
}

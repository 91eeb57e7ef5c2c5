package org.segstm.bench;

import org.segstm.bench.programs.Code;
import org.segstm.bench.programs.ProgramFigure;
import org.segstm.bench.programs.ProgramMain;
import org.segstm.bench.programs.ProgramSize;
import org.segstm.bench.programs.ProgramsReport;
import org.segstm.bench.programs.PublishedProgram;
import org.segstm.bench.tool.BenchException;
import org.segstm.bench.tool.ChildJvm;
import org.segstm.bench.tool.ChildResult;
import org.segstm.bench.tool.Figures;
import org.segstm.bench.tool.Measured;
import org.segstm.bench.tool.Progress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** {@code segstm programs}: the Duhton programs that STMGC's interpreters were measured with. */
@Command(
    name = "programs",
    description = "Runs the Duhton programs whose times on STMGC's c7 and c8 are known, interpreted and compiled, "
        + "without STM and on 1 to 16 threads, and prints theirs beside ours. Each run is a JVM of its own; rounds go "
        + "over all ways to run a program in turn; figures are medians. What programs print is checked each time.",
    footerHeading = "%nWhat the tables show:%n",
    footer = {
        "  seconds  of the process, start of the JVM included, and of the program alone in brackets. The size 'table'",
        "           is that of the published figures; for 'large' those are multiplied by how much more work it is.",
        "           GIL, their interpreter without STM, is in the column 'no STM'. '2 JVMs': two processes at the same",
        "           time, each running the whole program on 1 thread",
        "  ratios   c7 / ours: c7's seconds on 1 thread by those of our process (of the program where c7 took less",
        "           than a second); interpreted at least 1, compiled at least 5 at the larger size.",
        "           Ratios between ours are of the program alone, judged at the larger size: 1 thread to no STM at",
        "           most 1.10 (compiled 1.25), 1 to 2 threads at least 1.8, more threads to 2 at most 1.10.",
        "           '2 JVMs' is the speed-up of two processes that share nothing: what this machine, with the JVM's",
        "           compilers on the same processors, gives a program of that length",
        "  memory   of a run of its own on 1 thread, interpreted: blocks of the heap's file and anonymous pages, of",
        "           which the JVM has some itself; the published sizes are those of processes"})
public final class ProgramsCommand extends BenchCommand {
    private static final int MOST_ROUNDS = 100;
    private static final List<Integer> QUICK_THREADS = List.of(0, 1, 2, 16);
    /** Those of the {@code duhton} command. */
    private static final List<String> DUHTON_FLAGS = List.of(ChildJvm.SERIAL_COLLECTOR, "-XX:-UsePerfData");

    @Option(names = "--programs", split = ",", paramLabel = "NAME", converter = ProgramConverter.class,
        description = "squares, queens, mergesort, conflicts, trees_walk, trees_large, trees_build, tiny, append "
            + "(default: all).")
    private List<PublishedProgram> programs = List.of(PublishedProgram.values());

    @Quick("table")
    @Option(names = "--sizes", split = ",", paramLabel = "SIZE", converter = SizeConverter.class,
        description = "table, large (default: both).")
    private List<ProgramSize> sizes = List.of(ProgramSize.values());

    @Option(names = "--code", split = ",", paramLabel = "CODE", converter = CodeConverter.class,
        description = "interpreted, compiled (default: both).")
    private List<Code> codes = List.of(Code.values());

    @Quick("1")
    @Option(names = "--rounds", paramLabel = "N", defaultValue = "3",
        description = "JVMs per figure (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(names = "--quick",
        description = "The published sizes, one round, on 1, 2 and 16 threads: about a minute." + OTHERS_WIN)
    private boolean quick;

    @Mixin
    private MarkdownOption markdown = new MarkdownOption();

    @Mixin
    private JsonOption json = new JsonOption();

    private Progress progress;

    @Override
    int execute() {
        checkRange("--rounds", rounds, 1, MOST_ROUNDS);
        final PrintWriter out = out();
        progress = Progress.on(out);
        final ProgramsReport report = new ProgramsReport();
        measureEmpty(report);
        for (final PublishedProgram program : programs) {
            for (final ProgramSize size : sizes) {
                measure(program, size, report);
            }
            measureMemory(program, report);
        }
        progress.clear();
        final String facts = Measured.text(lines -> {
            Measured.printOn(lines, "defaults of duhton: as many segments as threads");
            Measured.line(lines, "java heap", String.join(" ", DUHTON_FLAGS));
            Measured.line(lines, "time", rounds == 1 ? "1 JVM per figure" : "medians of " + rounds
                + " JVMs per figure, in turn");
            Measured.line(lines, "start", report.start());
        });
        out.println(facts);
        out.println(report.seconds());
        out.println(report.ratios());
        out.print(report.memory());
        out.flush();
        json.write(report.toJson());
        markdown.write(facts, report.seconds().toMarkdown(), report.ratios().toMarkdown(),
            report.memory().toMarkdown());
        return report.isRight() ? 0 : 1;
    }

    private void measure(final PublishedProgram program, final ProgramSize size, final ProgramsReport report) {
        final List<Integer> threads = program.threads().stream()
            .filter(number -> !quick || QUICK_THREADS.contains(number)).toList();
        final Sample[] samples = new Sample[codes.size() * threads.size()];
        final Sample[] pairs = new Sample[threads.contains(2) ? codes.size() : 0];
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < samples.length; i++) {
                final Code code = codes.get(i / threads.size());
                final int number = threads.get(i % threads.size());
                progress.show("round " + (round + 1) + ": " + program.id() + ", " + size.id() + ", " + code.id()
                    + ", threads: " + number);
                if (round == 0) {
                    samples[i] = new Sample(rounds);
                }
                samples[i].run(round, program.name(), size, number, code);
            }
            for (int i = 0; i < pairs.length; i++) {
                progress.show("round " + (round + 1) + ": " + program.id() + ", " + size.id() + ", "
                    + codes.get(i).id() + ", two processes");
                if (round == 0) {
                    pairs[i] = new Sample(rounds);
                }
                pairs[i].runPair(round, program.name(), size, codes.get(i));
            }
        }
        for (int i = 0; i < samples.length; i++) {
            report.add(samples[i].figure(
                program, size, codes.get(i / threads.size()), threads.get(i % threads.size())));
        }
        for (int i = 0; i < pairs.length; i++) {
            report.add(pairs[i].figure(program, size, codes.get(i), ProgramFigure.TWO_PROCESSES));
        }
    }

    private void measureEmpty(final ProgramsReport report) {
        progress.show("measuring an empty program");
        final Sample sample = new Sample(rounds);
        for (int round = 0; round < rounds; round++) {
            sample.run(round, ProgramMain.EMPTY, ProgramSize.TABLE, 1, Code.INTERPRETED);
        }
        report.setEmpty(Figures.median(sample.seconds), Figures.median(sample.process),
            memoryRun(ProgramMain.EMPTY).number("peakBytes"));
    }

    private void measureMemory(final PublishedProgram program, final ProgramsReport report) {
        progress.show("memory of " + program.id());
        final ChildResult result = memoryRun(program.name());
        report.addPeak(program, result.number("peakBytes"), isRight(result));
    }

    private static ChildResult memoryRun(final String program) {
        return child(program, ProgramSize.TABLE, 1, Code.INTERPRETED, true);
    }

    private static ChildResult child(
        final String program, final ProgramSize size, final int threads, final Code code, final boolean memory) {
        final ChildJvm child = new ChildJvm(ProgramMain.class);
        DUHTON_FLAGS.forEach(child::flag);
        return ChildResult.parse(child.argument(program).argument(size.name()).argument(threads).argument(code.name())
            .argument(memory).run());
    }

    private static boolean isRight(final ChildResult result) {
        return Boolean.parseBoolean(result.text("right"));
    }

    /** The runs of one figure. */
    private static final class Sample {
        private final double[] seconds;
        private final double[] process;
        private boolean right = true;

        Sample(final int rounds) {
            seconds = new double[rounds];
            process = new double[rounds];
        }

        void run(
            final int round, final String program, final ProgramSize size, final int threads, final Code code) {
            final long start = System.nanoTime();
            final ChildResult result = child(program, size, threads, code, false);
            process[round] = (System.nanoTime() - start) / 1e9;
            seconds[round] = result.number("seconds");
            right &= isRight(result);
        }

        void runPair(final int round, final String program, final ProgramSize size, final Code code) {
            final long start = System.nanoTime();
            final CompletableFuture<ChildResult> other =
                CompletableFuture.supplyAsync(() -> child(program, size, 1, code, false));
            final ChildResult one;
            try {
                one = child(program, size, 1, code, false);
            } finally {
                // Its JVM must not run on beside the next one; what it fails with is thrown by the join below.
                other.handle((result, failure) -> null).join();
            }
            final ChildResult two = joined(other);
            process[round] = (System.nanoTime() - start) / 1e9;
            seconds[round] = Math.max(one.number("seconds"), two.number("seconds"));
            right &= isRight(one) && isRight(two);
        }

        ProgramFigure figure(
            final PublishedProgram program, final ProgramSize size, final Code code, final int threads) {
            return new ProgramFigure(
                program, size, code, threads, Figures.median(seconds), Figures.median(process), right);
        }

        private static ChildResult joined(final CompletableFuture<ChildResult> child) {
            try {
                return child.join();
            } catch (final CompletionException e) {
                throw e.getCause() instanceof BenchException cause ? cause : e;
            }
        }
    }

    /** Names of programs. */
    static final class ProgramConverter extends NamedConverter<PublishedProgram> {
        ProgramConverter() {
            super(PublishedProgram::of);
        }
    }

    /** Names of sizes. */
    static final class SizeConverter extends NamedConverter<ProgramSize> {
        SizeConverter() {
            super(ProgramSize::of);
        }
    }

    /** Names of ways to run. */
    static final class CodeConverter extends NamedConverter<Code> {
        CodeConverter() {
            super(Code::of);
        }
    }
}

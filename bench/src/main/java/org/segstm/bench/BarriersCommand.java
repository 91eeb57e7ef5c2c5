package org.segstm.bench;

import org.segstm.bench.barriers.BarriersMain;
import org.segstm.bench.barriers.BarriersReport;
import org.segstm.bench.barriers.DuhtonText;
import org.segstm.bench.barriers.Way;
import org.segstm.bench.tool.ChildJvm;
import org.segstm.bench.tool.ChildResult;
import org.segstm.bench.tool.Measured;
import org.segstm.bench.tool.Progress;
import org.segstm.duhton.compile.BarrierCounters;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** {@code segstm barriers}: what compiled Duhton programs execute for the heap's sake, and what it costs. */
@Command(
    name = "barriers",
    description = "Compiles Duhton programs twice: with a barrier at each access (naive), and with barriers where "
        + "jit-hooks places them. Counts what compiled code executes of each kind, then takes the time of code that "
        + "counts nothing, beside the interpreter and compiled code in no-STM mode. On one thread; each figure of time "
        + "is a median over JVMs that take turns. What compiled code leaves to the interpreter is not counted. What "
        + "programs print is checked.")
public final class BarriersCommand extends BenchCommand {
    private static final int MOST_ROUNDS = 100;

    @Parameters(paramLabel = "PROGRAM", arity = "0..*",
        description = "Name of a program in bench/duhton/programs, or a file (default: all of the former).")
    private List<String> programs = new ArrayList<>();

    @Quick("1")
    @Option(names = "--rounds", paramLabel = "N", defaultValue = "3",
        description = "JVMs per program and way to run it (default: ${DEFAULT-VALUE}); 0: only counts.")
    private int rounds;

    @Quick("1")
    @Option(names = "--runs", paramLabel = "N", defaultValue = "3",
        description = "Runs in each of them; the first of several is warm-up (default: ${DEFAULT-VALUE}).")
    private int runs;

    @Option(names = "--quick", description = "Small sizes, one round of one run: about a minute." + OTHERS_WIN)
    private boolean quick;

    @Mixin
    private JsonOption json = new JsonOption();

    @Override
    int execute() {
        checkRange("--rounds", rounds, 0, MOST_ROUNDS);
        checkRange("--runs", runs, 1, MOST_ROUNDS);
        final List<DuhtonText> texts = new ArrayList<>();
        final List<String> names = programs.isEmpty() ? DuhtonText.names() : programs;
        for (final String name : names) {
            try {
                texts.add(DuhtonText.of(name, quick));
            } catch (final IllegalArgumentException e) {
                throw wrong(e.getMessage());
            }
        }
        final BarriersReport report = new BarriersReport();
        final PrintWriter out = out();
        final Progress progress = Progress.on(out);
        for (int i = 0; i < names.size(); i++) {
            progress.show("measuring " + names.get(i));
            count(names.get(i), texts.get(i), report);
            time(names.get(i), texts.get(i), report);
            progress.clear();
        }
        Measured.printOn(out, "defaults, one segment");
        if (rounds > 0) {
            Measured.line(out, "time", (quick ? "small sizes; " : "") + "medians of " + rounds + " JVMs, each the "
                + "median of " + Math.max(1, runs - 1) + (runs > 1 ? " runs after one" : " runs"));
        }
        out.println();
        out.print(report.countTable());
        if (rounds > 0) {
            out.println();
            out.print(report.timeTable());
        }
        out.flush();
        json.write(report.toJson());
        return report.isRight() ? 0 : 1;
    }

    private void count(final String name, final DuhtonText text, final BarriersReport report) {
        for (final Way way : List.of(Way.NAIVE, Way.PLACED)) {
            final ChildResult result = run(name, way, 0);
            report.addOutput(text, result.text("output"));
            for (final BarrierCounters.Kind kind : BarrierCounters.Kind.values()) {
                report.addCount(text, way, kind, (long) result.number(kind.name()));
            }
        }
    }

    private void time(final String name, final DuhtonText text, final BarriersReport report) {
        for (int round = 0; round < rounds; round++) {
            for (final Way way : Way.values()) {
                final ChildResult result = run(name, way, runs);
                report.addOutput(text, result.text("output"));
                report.addSeconds(text, way, result.number("seconds"));
            }
        }
    }

    private ChildResult run(final String name, final Way way, final int runsInJvm) {
        return ChildResult.parse(new ChildJvm(BarriersMain.class).flag(ChildJvm.SERIAL_COLLECTOR)
            .argument(name).argument(quick).argument(way.name()).argument(runsInJvm).run());
    }
}

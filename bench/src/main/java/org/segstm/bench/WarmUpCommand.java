package org.segstm.bench;

import org.segstm.bench.barriers.WarmUpMain;
import org.segstm.bench.barriers.WarmUpProgram;
import org.segstm.bench.barriers.WarmUpReport;
import org.segstm.bench.barriers.Way;
import org.segstm.bench.tool.ChildJvm;
import org.segstm.bench.tool.ChildResult;
import org.segstm.bench.tool.Measured;
import org.segstm.bench.tool.Progress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** {@code segstm warmup}: how fast Duhton programs are in the first seconds of a JVM. */
@Command(
    name = "warmup",
    description = "Starts a JVM for each program and way to run it, makes the program small, does a piece of its work "
        + "again and again, and counts these turns per 100 ms from the start of the JVM on: interpreted, and compiled "
        + "in the background. Half of peak is the end of the first 100 ms with half as many turns as the best.")
public final class WarmUpCommand extends BenchCommand {
    private static final int SLOTS_IN_SECOND = 10;
    private static final int LONGEST_SECONDS = 600;

    @Parameters(paramLabel = "PROGRAM", arity = "0..*",
        description = "append, bank, conflicts, mergesort, queens, raytrace, richards, squares, tiny, trees_build, "
            + "trees_walk (default: all).")
    private List<String> names = new ArrayList<>();

    @Quick("1")
    @Option(names = "--seconds", paramLabel = "S", defaultValue = "5",
        description = "Seconds of each run (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(names = "--quick", description = "One second of each: to see that it works, not for figures." + OTHERS_WIN)
    private boolean quick;

    @Mixin
    private JsonOption json = new JsonOption();

    @Override
    int execute() {
        checkRange("--seconds", seconds, 1, LONGEST_SECONDS);
        final List<WarmUpProgram> programs = programs();
        final PrintWriter out = out();
        final Progress progress = Progress.on(out);
        final WarmUpReport report = new WarmUpReport();
        for (final WarmUpProgram program : programs) {
            for (final Way way : List.of(Way.INTERPRETED, Way.PLACED)) {
                progress.show("measuring " + program.id() + ", " + way.id());
                report.add(program, way, ChildResult.parse(new ChildJvm(WarmUpMain.class)
                    .flag(ChildJvm.SERIAL_COLLECTOR).argument(program.id()).argument(way.name())
                    .argument(seconds * SLOTS_IN_SECOND).run()));
                progress.clear();
            }
        }
        Measured.printOn(out, "defaults, one segment");
        out.println();
        out.print(report.table());
        out.println();
        out.print(report.curves());
        out.flush();
        json.write(report.toJson());
        return report.isComplete() ? 0 : 1;
    }

    private List<WarmUpProgram> programs() {
        try {
            return names.isEmpty() ? List.of(WarmUpProgram.values()) : names.stream().map(WarmUpProgram::of).toList();
        } catch (final IllegalArgumentException e) {
            throw wrong(e.getMessage());
        }
    }
}

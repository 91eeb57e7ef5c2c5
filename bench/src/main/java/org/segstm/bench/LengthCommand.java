package org.segstm.bench;

import org.segstm.bench.length.LengthMain;
import org.segstm.bench.length.StepKind;
import org.segstm.bench.tool.ChildJvm;
import org.segstm.bench.tool.ChildResult;
import org.segstm.bench.tool.Figures;
import org.segstm.bench.tool.Measured;
import org.segstm.bench.tool.Progress;
import org.segstm.bench.tool.TextTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** {@code segstm length}: programs of small steps, naive, with length control, and tuned by hand. */
@Command(
    name = "length",
    description = "Measures what length control makes of programs of small steps. Each figure comes from a JVM of its "
        + "own and is the median of several rounds: one transaction per step; as steps that the heap puts together; "
        + "with a transaction break after each; and the best of all numbers of steps in a transaction.")
public final class LengthCommand extends BenchCommand {
    private static final String HAND_OFF_NS = "handOffNs";
    /** On one thread, or one processor, nothing is handed off. */
    private static final String NOTHING = "-";
    private static final int MOST_STEPS = 1_000_000;

    @Option(names = "--steps", split = ",", paramLabel = "STEP", converter = StepConverter.class,
        description = "Kinds of steps (default: all).")
    private List<StepKind> kinds = List.of(StepKind.values());

    @Option(names = "--threads", split = ",", paramLabel = "N", defaultValue = "1,2",
        description = "Numbers of threads (default: ${DEFAULT-VALUE}).")
    private List<Integer> threads;

    @Quick("64")
    @Option(names = "--tuned", split = ",", paramLabel = "N", defaultValue = "16,64,256,1024,4096",
        description = "Steps in a transaction, tuned by hand (default: ${DEFAULT-VALUE}).")
    private List<Integer> tuned;

    @Quick("0.3")
    @Option(names = "--seconds", paramLabel = "S", defaultValue = "2",
        description = "Seconds per figure (default: ${DEFAULT-VALUE}).")
    private double seconds;

    @Option(names = "--quick",
        description = "0.3 seconds, one size tuned by hand: to see that it works, not for figures." + OTHERS_WIN)
    private boolean quick;

    @Mixin
    private HeapOptions heap = new HeapOptions();

    @Mixin
    private JsonOption json = new JsonOption();

    private final List<Map<String, Object>> figures = new ArrayList<>();
    private boolean right = true;
    private String settings = "";

    @Override
    int execute() {
        checkSeconds(seconds);
        checkThreads("--threads", threads, MOST_MEASURED_THREADS);
        tuned.forEach(number -> checkRange("--tuned", number, 1, MOST_STEPS));
        final PrintWriter out = out();
        final Progress progress = Progress.on(out);
        final TextTable table = new TextTable("steps", "threads", "one each", "as steps", "with breaks", "tuned", "at",
            "steps / tuned", "breaks / tuned", "length", "aborts", "hand-off ns");
        for (final StepKind kind : kinds) {
            threads.forEach(number -> table.row(row(kind, number, progress)));
        }
        progress.clear();
        Measured.printOn(out, settings);
        Measured.line(out, "time", seconds + " s a figure, a part of it warm-up; medians; steps a second");
        out.println();
        out.print(table);
        kinds.forEach(kind -> out.printf("%n%-9s %s", kind.id(), kind.text()));
        out.printf("%nhand-off of a cache line between processors while as steps / with breaks / tuned was measured:%n"
            + "compare what was measured at about the same");
        out.println();
        out.flush();
        json.write(figures);
        return right ? 0 : 1;
    }

    private String[] row(final StepKind kind, final int number, final Progress progress) {
        final ChildResult naive = measure(kind, number, 1, progress);
        final ChildResult steps = measure(kind, number, LengthMain.AS_STEPS, progress);
        final ChildResult breaks = measure(kind, number, LengthMain.WITH_BREAKS, progress);
        ChildResult best = naive;
        int bestAt = 1;
        for (final int size : tuned) {
            final ChildResult result = measure(kind, number, size, progress);
            if (rate(result) > rate(best)) {
                best = result;
                bestAt = size;
            }
        }
        return new String[] {kind.id(), Integer.toString(number), Figures.rate(rate(naive)),
            Figures.rate(rate(steps)), Figures.rate(rate(breaks)), Figures.rate(rate(best)),
            Integer.toString(bestAt), Figures.percent(rate(steps) / rate(best)),
            Figures.percent(rate(breaks) / rate(best)), Figures.threeDigits(steps.number("stepsPerCommit")),
            Figures.percent(steps.number("abortRate")),
            number == 1 ? NOTHING : handOff(steps) + " / " + handOff(breaks) + " / " + handOff(best)};
    }

    private static double rate(final ChildResult result) {
        return result.number("stepsPerSecond");
    }

    private static String handOff(final ChildResult result) {
        final double nanos = result.number(HAND_OFF_NS);
        return Double.isNaN(nanos) ? NOTHING : Figures.threeDigits(nanos);
    }

    private ChildResult measure(final StepKind kind, final int number, final int way, final Progress progress) {
        progress.show("measuring " + kind.id() + ", threads: " + number + ", way: " + way);
        final long roundNanos = (long) (seconds * TimeUnit.SECONDS.toNanos(1)) / LengthMain.ROUNDS_OF_TIME;
        final ChildJvm child = new ChildJvm(LengthMain.class)
            .argument(kind.id()).argument(way).argument(number).argument(roundNanos);
        try {
            final ChildResult result = ChildResult.parse(heap.applyTo(child, false).run());
            settings = result.text("heap");
            right &= Boolean.parseBoolean(result.text("check"));
            final Map<String, Object> figure = new LinkedHashMap<>();
            figure.put("steps", kind.id());
            figure.put("threads", number);
            figure.put("way", way == LengthMain.AS_STEPS ? "steps" : way == LengthMain.WITH_BREAKS ? "breaks"
                : Integer.toString(way));
            figure.put("stepsPerSecond", result.number("stepsPerSecond"));
            figure.put("stepsPerCommit", result.number("stepsPerCommit"));
            figure.put("abortRate", result.number("abortRate"));
            final double handOffNs = result.number(HAND_OFF_NS);
            figure.put(HAND_OFF_NS, Double.isNaN(handOffNs) ? null : handOffNs);
            figure.put("check", result.text("check"));
            figures.add(figure);
            return result;
        } catch (final IllegalArgumentException e) {
            throw wrong(e.getMessage());
        } finally {
            progress.clear();
        }
    }

    /** Names of steps. */
    static final class StepConverter extends NamedConverter<StepKind> {
        StepConverter() {
            super(StepKind::of);
        }
    }
}

package org.segstm.bench.programs;

import org.segstm.bench.tool.Figures;
import org.segstm.bench.tool.TextTable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Collects figures of programs and turns them into tables beside what was published. */
public final class ProgramsReport {
    private static final String NOTHING = "-";
    private static final double BYTES_IN_MIB = 1 << 20;
    private static final List<Integer> THREADS = List.of(0, 1, 2, 4, 8, 16, ProgramFigure.TWO_PROCESSES);
    private static final List<Integer> MORE_THREADS = List.of(4, 8, 16);
    private final List<ProgramFigure> figures = new ArrayList<>();
    private final Map<PublishedProgram, Double> peaks = new LinkedHashMap<>();
    private double emptyPeak = Double.NaN;
    private double emptySeconds = Double.NaN;
    private double emptyProcess = Double.NaN;
    private boolean memoryRunsRight = true;

    /**
     * Adds a figure.
     *
     * @param figure of one program, run in one way.
     */
    public void add(final ProgramFigure figure) {
        figures.add(figure);
    }

    /**
     * Adds the peak memory of a program of the published size, interpreted on one thread.
     *
     * @param program that was run.
     * @param bytes   at most at a time.
     * @param right   did it print what it has to?
     */
    public void addPeak(final PublishedProgram program, final double bytes, final boolean right) {
        peaks.put(program, bytes / BYTES_IN_MIB);
        memoryRunsRight &= right;
    }

    /**
     * Sets what an empty program takes.
     *
     * @param seconds of the program.
     * @param process seconds of the whole process.
     * @param bytes   at most at a time.
     */
    public void setEmpty(final double seconds, final double process, final double bytes) {
        emptySeconds = seconds;
        emptyProcess = process;
        emptyPeak = bytes / BYTES_IN_MIB;
    }

    /**
     * What an empty program takes.
     *
     * @return a sentence.
     */
    public String start() {
        return "an empty program takes " + number(emptyProcess) + " s, " + number(emptySeconds)
            + " s of them after the start of the JVM, and " + Math.round(emptyPeak) + " MiB";
    }

    /**
     * Did all programs print what they have to?
     *
     * @return true when they did.
     */
    public boolean isRight() {
        return memoryRunsRight && figures.stream().allMatch(ProgramFigure::right);
    }

    /**
     * Seconds.
     *
     * @return a row for each program, size and way of running it, and below those of c7 and c8.
     */
    public TextTable seconds() {
        final TextTable table =
            new TextTable("seconds", "size", "by", "no STM", "1", "2", "4", "8", "16", "2 JVMs", "result");
        for (final PublishedProgram program : PublishedProgram.values()) {
            for (final ProgramSize size : ProgramSize.values()) {
                if (has(program, size)) {
                    addSeconds(table, program, size);
                }
            }
        }
        return table;
    }

    private boolean has(final PublishedProgram program, final ProgramSize size) {
        return figures.stream().anyMatch(figure -> figure.program() == program && figure.size() == size);
    }

    private void addSeconds(final TextTable table, final PublishedProgram program, final ProgramSize size) {
        for (final Code code : Code.values()) {
            final List<ProgramFigure> row = figures.stream().filter(figure ->
                figure.program() == program && figure.size() == size && figure.code() == code).toList();
            if (!row.isEmpty()) {
                final List<String> cells = new ArrayList<>(List.of(program.id(), size.id(), code.id()));
                THREADS.forEach(threads -> cells.add(row.stream().filter(figure -> figure.threads() == threads)
                    .map(figure -> number(figure.process()) + " (" + number(figure.seconds()) + ")")
                    .findFirst().orElse(NOTHING)));
                cells.add(row.stream().allMatch(ProgramFigure::right) ? "right" : "WRONG");
                table.row(cells.toArray(new String[0]));
            }
        }
        if (!Double.isNaN(program.c7(1))) {
            addPublished(table, program, size, "c7", threads -> program.c7((int) threads));
            addPublished(table, program, size, "c8", threads -> program.c8((int) threads));
        }
    }

    private static void addPublished(
        final TextTable table, final PublishedProgram program, final ProgramSize size, final String who,
        final ToDoubleFunction<Integer> seconds) {
        final double factor = program.factor(size);
        final List<String> cells = new ArrayList<>(List.of(program.id(), size.id(),
            factor == 1 ? who : who + " x " + Figures.threeDigits(factor)));
        THREADS.forEach(threads -> cells.add(number(seconds.applyAsDouble(threads) * factor)));
        cells.add("");
        table.row(cells.toArray(new String[0]));
    }

    /**
     * Ratios.
     *
     * @return a row for each program, size and code, with what the targets say.
     */
    public TextTable ratios() {
        final TextTable table = new TextTable("ratios", "size", "code", "c7 / ours", "STM / no STM",
            "1 / 2 threads", "2 JVMs", "c7: 1 / 2", "4 / 2", "8 / 2", "16 / 2");
        for (final PublishedProgram program : PublishedProgram.values()) {
            for (final ProgramSize size : ProgramSize.values()) {
                for (final Code code : Code.values()) {
                    final Way way = new Way(program, size, code);
                    if (!Double.isNaN(seconds(way, 1))) {
                        addRatios(table, way);
                    }
                }
            }
        }
        return table;
    }

    private void addRatios(final TextTable table, final Way way) {
        final List<String> cells = new ArrayList<>(List.of(way.program.id(), way.size.id(), way.code.id()));
        cells.add(judged(ProgramTarget.AGAINST_C7, way, againstC7(way)));
        cells.add(judged(ProgramTarget.OF_NO_STM, way, seconds(way, 1) / seconds(way, 0)));
        cells.add(judged(ProgramTarget.SPEED_UP, way, seconds(way, 1) / seconds(way, 2)));
        cells.add(number(2 * seconds(way, 1) / seconds(way, ProgramFigure.TWO_PROCESSES)));
        cells.add(number(way.program.c7(1) / way.program.c7(2)));
        MORE_THREADS.forEach(threads -> cells.add(
            judged(ProgramTarget.MORE_THREADS, way, seconds(way, threads) / seconds(way, 2))));
        table.row(cells.toArray(new String[0]));
    }

    private double againstC7(final Way way) {
        final double published = way.program.c7(1) * way.program.factor(way.size);
        return published / (published > 1 ? process(way, 1) : seconds(way, 1));
    }

    private static String judged(final ProgramTarget target, final Way way, final double ratio) {
        if (Double.isNaN(ratio) || !target.isJudged(way.size, way.code)) {
            return number(ratio);
        }
        return number(ratio) + (target.isMet(way.code, ratio) ? " met" : " MISSED");
    }

    private double seconds(final Way way, final int threads) {
        return find(way, threads, ProgramFigure::seconds);
    }

    private double process(final Way way, final int threads) {
        return find(way, threads, ProgramFigure::process);
    }

    private double find(final Way way, final int threads, final ToDoubleFunction<ProgramFigure> value) {
        return figures.stream().filter(figure -> figure.program() == way.program && figure.size() == way.size
            && figure.code() == way.code && figure.threads() == threads)
            .mapToDouble(value).findFirst().orElse(Double.NaN);
    }

    /**
     * Peak memory.
     *
     * @return a row for each program.
     */
    public TextTable memory() {
        final TextTable table = new TextTable("peak memory, MiB", "ours", "c7", "c8", "GIL");
        peaks.forEach((program, peak) -> {
            final double[] published = program.peaks();
            final List<String> cells = new ArrayList<>(List.of(program.id(), Long.toString(Math.round(peak))));
            for (int i = 0; i < 3; i++) {
                cells.add(i < published.length ? Long.toString(Math.round(published[i])) : NOTHING);
            }
            table.row(cells.toArray(new String[0]));
        });
        return table;
    }

    private static String number(final double value) {
        return Double.isNaN(value) ? NOTHING : String.format(Locale.ROOT, "%.2f", value);
    }

    /**
     * All figures.
     *
     * @return a list of maps, as JSON has them.
     */
    public List<Map<String, Object>> toJson() {
        final List<Map<String, Object>> all = new ArrayList<>();
        for (final ProgramFigure figure : figures) {
            final Map<String, Object> json = new LinkedHashMap<>();
            json.put("program", figure.program().id());
            json.put("size", figure.size().id());
            json.put("code", figure.code().id());
            if (figure.threads() == ProgramFigure.TWO_PROCESSES) {
                json.put("processes", 2);
                json.put("threads", 1);
            } else {
                json.put("threads", figure.threads());
            }
            json.put("seconds", figure.seconds());
            json.put("processSeconds", figure.process());
            final double c7 = figure.program().c7(figure.threads()) * figure.program().factor(figure.size());
            if (!Double.isNaN(c7)) {
                json.put("c7", c7);
            }
            json.put("right", figure.right());
            all.add(json);
        }
        peaks.forEach((program, peak) -> {
            final Map<String, Object> json = new LinkedHashMap<>();
            json.put("program", program.id());
            json.put("peakMiB", peak);
            all.add(json);
        });
        return all;
    }

    /** One way to run one program. */
    private record Way(PublishedProgram program, ProgramSize size, Code code) {
    }
}

package org.segstm.bench;

import org.segstm.bench.lee.BoardReader;
import org.segstm.bench.lee.LeeChart;
import org.segstm.bench.lee.LeeComparison;
import org.segstm.bench.lee.LeeReport;
import org.segstm.bench.lee.grid.GridKind;
import org.segstm.bench.lee.run.Way;
import org.segstm.bench.tool.Measured;
import org.segstm.bench.tool.Progress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;

/** {@code segstm lee}: circuit routing in shared memory. */
@Command(
    name = "lee",
    description = "Lays circuit boards: a wave over free cells finds a way for each route, whose cells are then taken. "
        + "Compares this heap, where the board is one array and conflicts are found for 32 cells together, with "
        + "ScalaSTM and with sequential Java. Each has a JVM of its own; after warm-up they lay the board in turn. "
        + "Medians. Each time it is checked that every route is laid, connects its pads and overlaps with none.",
    footerHeading = "%nWhat is a transaction:%n",
    footer = {
        "  whole    the wave and the laying: all that the wave has read must not have changed",
        "  planned  the laying; its cells must still be free. The wave before is a transaction that only reads (ours)",
        "           or no transaction (ScalaSTM)",
        "",
        "Files are like those of the Lee-TM benchmark: B width height, P x y (pad), J x y x y (route), E."})
public final class LeeCommand extends BenchCommand {
    private static final int MOST_LAYERS = 16;
    private static final int MOST_ROUNDS = 1000;
    private static final List<String> JAVA_HEAP_FLAGS = List.of("-Xms2g", "-Xmx2g");

    @Parameters(paramLabel = "FILE", arity = "0..*",
        description = "Boards: files, or comb and field, which the program carries (default: these).")
    private List<String> boards = BoardReader.OWN_BOARDS;

    @Quick("2")
    @Option(names = "--threads", split = ",", paramLabel = "N", defaultValue = "1,2,4",
        description = "Numbers of threads (default: ${DEFAULT-VALUE}).")
    private List<Integer> threads;

    @Option(names = "--parties", split = ",", paramLabel = "NAME", converter = KindConverter.class,
        description = "sequential, segstm, scalastm (default: all).")
    private List<GridKind> kinds = List.of(GridKind.values());

    @Option(names = "--transactions", split = ",", paramLabel = "WHAT", converter = WayConverter.class,
        description = "whole, planned (default: both).")
    private List<Way> ways = List.of(Way.values());

    @Option(names = "--layers", paramLabel = "N", defaultValue = "4",
        description = "Layers of the board; more than two are used where two do not do (default: ${DEFAULT-VALUE}).")
    private int layers;

    @Quick("3")
    @Option(names = "--rounds", paramLabel = "N", defaultValue = "5",
        description = "How often each board is laid, after warm-up (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Quick("0.5")
    @Option(names = "--warm-up", paramLabel = "S", defaultValue = "5",
        description = "Seconds of warm-up before; the board is laid at least once (default: ${DEFAULT-VALUE}).")
    private double warmUpSeconds;

    @Option(names = "--chart", paramLabel = "FILE", converter = OutputFiles.Converter.class,
        description = "Draw the figures as PNG.")
    private Path chart;

    @Option(names = "--quick",
        description = "2 threads, little time: to see that it works, not for figures." + OTHERS_WIN)
    private boolean quick;

    @Mixin
    private HeapOptions heap = new HeapOptions();

    @Mixin
    private MarkdownOption markdown = new MarkdownOption();

    @Mixin
    private JsonOption json = new JsonOption();

    @Override
    int execute() {
        checkOptions();
        final PrintWriter out = out();
        final LeeReport report = measure(Progress.on(out));
        final String facts = Measured.text(lines -> {
            Measured.printOn(lines, report.heapSettings());
            Measured.line(lines, "java heap", String.join(" ", JAVA_HEAP_FLAGS));
            Measured.line(lines, "time",
                warmUpSeconds + " s of warm-up, then " + rounds + " rounds in turn; medians; " + layers + " layers");
        });
        out.println(facts);
        report.printOn(out);
        out.flush();
        json.write(report.toJson());
        markdown.write(facts, report.toMarkdown());
        if (chart != null) {
            LeeChart.write(report, chart);
        }
        return report.allChecksPassed() ? 0 : 1;
    }

    private LeeReport measure(final Progress progress) {
        final LeeReport report = new LeeReport();
        try {
            for (final String board : boards) {
                for (final int number : threads) {
                    new LeeComparison(board, layers, number, kinds, ways, warmUpSeconds, rounds, JAVA_HEAP_FLAGS)
                        .run(child -> heap.applyTo(child, false), progress::show, report);
                }
            }
        } catch (final IllegalArgumentException e) {
            throw wrong(e.getMessage());
        } finally {
            progress.clear();
        }
        return report;
    }

    private void checkOptions() {
        checkThreads("--threads", threads, MOST_MEASURED_THREADS);
        checkRange("--layers", layers, 1, MOST_LAYERS);
        checkRange("--rounds", rounds, 1, MOST_ROUNDS);
        checkWarmUp(warmUpSeconds);
    }

    /** Names of memories. */
    static final class KindConverter extends NamedConverter<GridKind> {
        KindConverter() {
            super(GridKind::of);
        }
    }

    /** Names of ways. */
    static final class WayConverter extends NamedConverter<Way> {
        WayConverter() {
            super(Way::of);
        }
    }
}

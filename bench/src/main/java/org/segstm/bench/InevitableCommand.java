package org.segstm.bench;

import org.segstm.bench.inevitable.InevitableRun;
import org.segstm.bench.inevitable.InevitableShape;
import org.segstm.bench.tool.Measured;
import org.segstm.bench.tool.Progress;
import org.segstm.bench.tool.TextTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code segstm inevitable}: how much others get done beside inevitable transactions. */
@Command(
    name = "inevitable",
    description = "Measures transactions per second when none is inevitable, when all become inevitable near their "
        + "end, and beside a thread whose transactions are all inevitable and compute for long, or block outside. "
        + "All threads work on objects of their own; lost increments are an error.")
public final class InevitableCommand extends BenchCommand {
    private static final double THOUSAND = 1000;

    @Option(names = "--threads", paramLabel = "N", split = ",", defaultValue = "1,2,4,8",
        description = "Numbers of threads (default: ${DEFAULT-VALUE}).")
    private List<Integer> threads;

    @Quick("1")
    @Option(names = "--rounds", paramLabel = "N", defaultValue = "5",
        description = "The median of so many counts (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Quick("50")
    @Option(names = "--millis", paramLabel = "MS", defaultValue = "600",
        description = "Length of a round, after a warm-up of half of it (default: ${DEFAULT-VALUE}).")
    private long millis;

    @Option(names = "--quick", description = "One short round each: does it work?" + OTHERS_WIN)
    private boolean quick;

    @Mixin
    private JsonOption json = new JsonOption();

    @Override
    int execute() {
        if (rounds < 1 || millis < 1 || threads.stream().anyMatch(n -> n < 1 || n > 64)) {
            throw wrong("--rounds and --millis must be at least 1, --threads from 1 to 64");
        }
        final PrintWriter out = out();
        final Progress progress = Progress.on(out);
        final List<Object> figures = new ArrayList<>();
        Measured.printOn(out, "defaults, one segment for each thread");
        out.println();
        final String[] heads = new String[1 + threads.size()];
        heads[0] = "1000 transactions/s, threads:";
        Arrays.setAll(heads, i -> i == 0 ? heads[0] : threads.get(i - 1).toString());
        final TextTable table = new TextTable(heads);
        for (final InevitableShape shape : InevitableShape.values()) {
            final String[] cells = new String[heads.length];
            cells[0] = shape.name().toLowerCase(Locale.ROOT).replace('_', ' ');
            for (int i = 1; i < cells.length; i++) {
                progress.show(cells[0] + ", threads: " + heads[i]);
                final double rate = median(shape, threads.get(i - 1));
                cells[i] = String.format(Locale.ROOT, "%.1f", rate / THOUSAND);
                figures.add(Map.of("shape", cells[0], "threads", threads.get(i - 1), "transactionsPerSecond", rate));
            }
            table.row(cells);
        }
        progress.clear();
        out.print(table);
        out.flush();
        json.write(figures);
        return 0;
    }

    private double median(final InevitableShape shape, final int number) {
        final double[] rates = new double[rounds];
        Arrays.setAll(rates, i -> new InevitableRun(shape, number).run(millis / 2, millis));
        Arrays.sort(rates);
        return rates[rates.length / 2];
    }
}

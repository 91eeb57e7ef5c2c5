package org.segstm.bench;

import org.segstm.bench.retry.RetryMeasurement;
import org.segstm.bench.tool.Figures;
import org.segstm.bench.tool.Measured;
import org.segstm.bench.tool.TextTable;
import org.segstm.heap.HeapContext;
import org.segstm.heap.SegmentHeap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code segstm retry}: what waiting for a change costs. */
@Command(
    name = "retry",
    description = "Measures how soon a transaction that called retry has committed after the change it waits for, and "
        + "how much processor time its thread uses, most of the time asleep: every 20 ms a change.")
public final class RetryCommand extends BenchCommand {
    private static final double NANOS_IN_MICRO = 1e3;
    private static final int SEGMENTS = 4;
    private static final int MOST_WAKES = 1_000_000;

    @Quick("50")
    @Option(names = "--wakes", paramLabel = "N", defaultValue = "300",
        description = "How often to wake (default: ${DEFAULT-VALUE}).")
    private int wakes;

    @Option(names = "--quick", description = "50 times: to see that it works, not for figures." + OTHERS_WIN)
    private boolean quick;

    @Mixin
    private JsonOption json = new JsonOption();

    @Override
    int execute() throws InterruptedException {
        checkRange("--wakes", wakes, 1, MOST_WAKES);
        final List<Object> figures = new ArrayList<>();
        final PrintWriter out = out();
        final TextTable table = new TextTable("others", "wake, median us", "99 %, us", "processor", "attempts a change",
            "commits of others");
        String settings = "";
        for (final boolean busy : new boolean[] {false, true}) {
            final HeapContext context = new HeapContext().segments(SEGMENTS);
            try (RetryMeasurement measured = new RetryMeasurement(SegmentHeap.open(context), wakes)) {
                measured.run(busy);
                figures.add(figure(busy, measured));
                table.row(busy ? "commit all the time" : "idle", micros(measured.medianNanos()),
                    micros(measured.mostNanos()), Figures.percent(measured.processorShare()),
                    String.format(Locale.ROOT, "%.2f", measured.attemptsPerChange()),
                    Long.toString(measured.otherCommits()));
            }
            settings = context.toString();
        }
        Measured.printOn(out, settings);
        out.println();
        out.print(table);
        out.flush();
        json.write(figures);
        return 0;
    }

    private static Map<String, Object> figure(final boolean busy, final RetryMeasurement measured) {
        final Map<String, Object> figure = new LinkedHashMap<>();
        figure.put("others", busy ? "busy" : "idle");
        figure.put("medianNs", measured.medianNanos());
        figure.put("mostNs", measured.mostNanos());
        figure.put("processorShare", measured.processorShare());
        figure.put("attemptsPerChange", measured.attemptsPerChange());
        figure.put("otherCommits", measured.otherCommits());
        return figure;
    }

    private static String micros(final long nanos) {
        return Figures.threeDigits(nanos / NANOS_IN_MICRO);
    }
}

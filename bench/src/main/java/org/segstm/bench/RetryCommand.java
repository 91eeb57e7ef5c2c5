package org.segstm.bench;

import org.segstm.bench.retry.RetryMeasurement;
import org.segstm.bench.tool.Figures;
import org.segstm.bench.tool.Measured;
import org.segstm.bench.tool.TextTable;
import org.segstm.heap.HeapContext;
import org.segstm.heap.SegmentHeap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;

/** {@code segstm retry}: what waiting for a change costs. */
@Command(
    name = "retry",
    description = "Measures how soon a transaction that called retry has committed after the change it waits for, and "
        + "how much processor time its thread uses, most of the time asleep: every 20 ms a change.")
public final class RetryCommand implements Callable<Integer> {
    private static final double NANOS_IN_MICRO = 1e3;
    private static final int SEGMENTS = 4;
    private static final int MOST_WAKES = 1_000_000;

    @Spec
    private CommandSpec spec;

    @Option(names = "--wakes", paramLabel = "N", defaultValue = "300",
        description = "How often to wake (default: ${DEFAULT-VALUE}).")
    private int wakes;

    @Override
    public Integer call() throws InterruptedException {
        if (wakes < 1 || wakes > MOST_WAKES) {
            throw new ParameterException(spec.commandLine(), "--wakes must be from 1 to 1000000: " + wakes);
        }
        final PrintWriter out = spec.commandLine().getOut();
        final TextTable table = new TextTable("others", "wake, median us", "99 %, us", "processor", "attempts a change",
            "commits of others");
        String settings = "";
        for (final boolean busy : new boolean[] {false, true}) {
            final HeapContext context = new HeapContext().segments(SEGMENTS);
            try (RetryMeasurement measured = new RetryMeasurement(SegmentHeap.open(context), wakes)) {
                measured.run(busy);
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
        return 0;
    }

    private static String micros(final long nanos) {
        return Figures.threeDigits(nanos / NANOS_IN_MICRO);
    }
}

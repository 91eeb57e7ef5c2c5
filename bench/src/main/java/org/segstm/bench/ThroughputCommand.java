package org.segstm.bench;

import org.segstm.bench.throughput.Reporting;
import org.segstm.bench.throughput.ThroughputReport;
import org.segstm.bench.throughput.ThroughputRequest;
import org.segstm.bench.throughput.ThroughputResult;
import org.segstm.bench.throughput.ThroughputTest;
import org.segstm.bench.tool.Measured;
import org.segstm.bench.tool.Progress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** {@code segstm throughput}: transactions a second, with STM and, on one thread, without. */
@Command(
    name = "throughput",
    description = "Measures how many transactions a second the heap does, for alloc* how many objects it allocates. "
        + "Each figure comes from a JVM of its own and is the median of several rounds.",
    footerHeading = "%nTests, with objects of 32 bytes:%n",
    footer = {
        "  empty    begin and commit",
        "  ro10     10 random reads among 10,000 objects",
        "  w1       1 random increment",
        "  rw       10 random reads, 2 random increments",
        "  rwhot    the same among 100 objects",
        "  rw100    100 random reads, 2 random increments",
        "  shared   100 random reads, and an increment of one that all share",
        "  merged   the same with a counter whose increments are merged",
        "  alloc16  objects of 16 bytes, all dying, 10,240 in a transaction",
        "  alloc64  objects of 64 bytes"})
public final class ThroughputCommand extends BenchCommand {
    @Option(names = "--tests", split = ",", paramLabel = "TEST", converter = TestConverter.class,
        description = "Tests to run (default: all).")
    private List<ThroughputTest> tests = List.of(ThroughputTest.values());

    @Option(names = "--threads", split = ",", paramLabel = "N", defaultValue = "1,2",
        description = "Numbers of threads to measure with STM (default: ${DEFAULT-VALUE}).")
    private List<Integer> threads;

    @Option(names = "--modes", split = ",", paramLabel = "MODE", defaultValue = "stm,serial",
        description = "stm, and serial: no STM, on one thread (default: ${DEFAULT-VALUE}).")
    private List<Mode> modes;

    @Quick("0.3")
    @Option(names = "--seconds", paramLabel = "S", defaultValue = "2",
        description = "Seconds that count, per figure (default: ${DEFAULT-VALUE}).")
    private double seconds;

    @Quick("0.3")
    @Option(names = "--warm-up", paramLabel = "S", defaultValue = "2",
        description = "Seconds of warm-up before (default: ${DEFAULT-VALUE}).")
    private double warmUpSeconds;

    @Option(names = "--reports", paramLabel = "WHAT", defaultValue = "off",
        description = "What the heap reports meanwhile: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}). To see "
            + "what that costs; events go to a log that is thrown away.")
    private Reporting reporting;

    @Option(names = "--quick",
        description = "0.3 seconds of both: to see that it works, not for figures." + OTHERS_WIN)
    private boolean quick;

    @Mixin
    private HeapOptions heap = new HeapOptions();

    @Mixin
    private JsonOption json = new JsonOption();

    @Override
    int execute() {
        checkOptions();
        final PrintWriter out = out();
        final Progress progress = Progress.on(out);
        final ThroughputReport report = new ThroughputReport();
        for (final ThroughputTest test : tests) {
            if (modes.contains(Mode.SERIAL)) {
                measure(test, Mode.SERIAL, 1, report, progress);
            }
            if (modes.contains(Mode.STM)) {
                threads.forEach(number -> measure(test, Mode.STM, number, report, progress));
            }
        }
        progress.clear();
        Measured.printOn(out, report.heapSettings());
        Measured.line(out, "reports", reporting.name().toLowerCase(Locale.ROOT));
        Measured.line(out, "time", warmUpSeconds + " s of warm-up, then " + ThroughputRequest.ROUNDS + " rounds of "
            + seconds / ThroughputRequest.ROUNDS + " s; medians");
        out.println();
        report.printOn(out);
        out.flush();
        json.write(report.toJson());
        return report.allChecksPassed() ? 0 : 1;
    }

    private void checkOptions() {
        checkSeconds(seconds);
        checkWarmUp(warmUpSeconds);
        checkThreads("--threads", threads, MOST_MEASURED_THREADS);
    }

    private void measure(final ThroughputTest test, final Mode mode, final int number, final ThroughputReport report,
        final Progress progress) {
        progress.show("measuring " + test.id() + ", " + mode.name().toLowerCase(Locale.ROOT) + ", threads: " + number);
        final ThroughputRequest request = ThroughputRequest.ofSeconds(test, number, warmUpSeconds, seconds);
        try {
            final String output = heap.applyTo(request.child(reporting), mode == Mode.SERIAL).run();
            report.add(test, mode == Mode.SERIAL, number, ThroughputResult.parse(output));
        } catch (final IllegalArgumentException e) {
            throw wrong(e.getMessage());
        } finally {
            progress.clear();
        }
    }

    /** With STM, or without. */
    private enum Mode {
        STM, SERIAL
    }

    /** Names of tests. */
    static final class TestConverter extends NamedConverter<ThroughputTest> {
        TestConverter() {
            super(ThroughputTest::of);
        }
    }
}

package org.segstm.bench;

import org.segstm.bench.isolation.IsolationReport;
import org.segstm.bench.isolation.check.IsolationViolation;
import org.segstm.bench.isolation.workload.IsolationRun;
import org.segstm.bench.isolation.workload.RunCounts;
import org.segstm.bench.isolation.workload.Scenario;
import org.segstm.bench.tool.Measured;
import org.segstm.bench.tool.Progress;
import org.segstm.heap.HeapContext;
import org.segstm.heap.PageSharing;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code segstm isolation}: checks what transactions saw. */
@Command(
    name = "isolation",
    description = "Runs random transactions on threads, records what they read and wrote, and checks that they were "
        + "strictly serializable and that every aborted attempt saw one snapshot too. Runs one scenario after the "
        + "other: numbers of threads and segments, sizes, collections and reshares every few transactions follow from "
        + "its seed. On a violation tells the smallest cycle of transactions, and the scenario.")
public final class IsolationCommand extends BenchCommand {
    @Quick("3")
    @Option(names = "--seconds", paramLabel = "S", defaultValue = "60",
        description = "How long, for each strategy (default: ${DEFAULT-VALUE}).")
    private long seconds;

    @Option(names = "--scenario-seconds", paramLabel = "S", defaultValue = "2",
        description = "How long each scenario (default: ${DEFAULT-VALUE}).")
    private double scenarioSeconds;

    @Option(names = "--strategy", paramLabel = "STRATEGY", converter = HeapOptions.PageSharingConverter.class,
        description = "private-cow, mmap-fixed or remap-file-pages (default: one after the other).")
    private PageSharing strategy;

    @Option(names = "--threads", paramLabel = "N",
        description = "Threads, 1 to " + Scenario.MOST_THREADS + " (default: drawn for each scenario).")
    private Integer threads;

    @Option(names = "--seed", paramLabel = "N",
        description = "Of the first scenario; each next one has the next seed (default: a new one).")
    private Long seed;

    @Option(names = "--quick", description = "3 seconds for each strategy." + OTHERS_WIN)
    private boolean quick;

    @Option(names = "--checked", description = "Verify every access.")
    private boolean checked;

    @Mixin
    private JsonOption json = new JsonOption();

    @Override
    int execute() {
        check(seconds >= 1 && scenarioSeconds > 0, "--seconds must be at least 1, --scenario-seconds above 0");
        if (threads != null) {
            checkRange("--threads", threads, 1, Scenario.MOST_THREADS);
        }
        if (checked) {
            System.setProperty(HeapContext.CHECKED_PROPERTY, "true");
        }
        final long usedSeed = seed == null ? System.nanoTime() : seed;
        final PrintWriter out = out();
        final Progress progress = Progress.on(out);
        Measured.printOn(out, "as each scenario draws it");
        Measured.line(out, "seed", Long.toString(usedSeed));
        out.flush();
        final IsolationReport report = new IsolationReport();
        try {
            for (final PageSharing each : strategy == null ? List.of(PageSharing.values()) : List.of(strategy)) {
                run(each, usedSeed, report, progress);
            }
        } catch (final IsolationViolation e) {
            progress.clear();
            out.println("VIOLATION");
            out.println(e.getMessage());
            if (e.getCause() != null && !(e.getCause() instanceof IsolationViolation)) {
                e.getCause().printStackTrace(out);
            }
            out.flush();
            return 1;
        }
        progress.clear();
        out.println("no violation");
        out.print(report);
        out.flush();
        json.write(report.toJson(usedSeed));
        return 0;
    }

    private void run(
        final PageSharing each, final long firstSeed, final IsolationReport report, final Progress progress) {
        final RunCounts counts = new RunCounts();
        final long start = System.nanoTime();
        final long end = start + TimeUnit.SECONDS.toNanos(seconds);
        final long millis = (long) (scenarioSeconds * TimeUnit.SECONDS.toMillis(1));
        for (long i = 0; i == 0 || System.nanoTime() < end; i++) {
            progress.show(each + ", seed " + (firstSeed + i) + ", transactions so far: "
                + counts.checked().committed());
            counts.add(IsolationRun.run(Scenario.draw(firstSeed + i, each, threads == null ? 0 : threads), millis));
        }
        report.add(each, counts, System.nanoTime() - start);
    }
}

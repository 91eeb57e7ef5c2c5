package org.segstm.bench;

import org.segstm.bench.pauses.PauseReport;
import org.segstm.bench.pauses.PauseRequest;
import org.segstm.bench.pauses.PauseResult;
import org.segstm.bench.tool.Measured;
import org.segstm.bench.tool.Progress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.PrintWriter;
import java.util.List;

/** {@code segstm pauses}: how long collections make mutators stand still. */
@Command(
    name = "pauses",
    description = "Measures how long minor collections, reshares and major collections make mutators stand still, by "
        + "size of the live memory and number of collector threads. A thread replaces lists of a table at random all "
        + "the while; in the end all lists are checked. Each row comes from a JVM of its own.")
public final class PausesCommand extends BenchCommand {
    private static final long LEAST_LIVE_BYTES = 1 << 20;
    private static final int MOST_THREADS = 64;

    @Quick("16m")
    @Option(names = "--live", split = ",", paramLabel = "SIZE", converter = HeapOptions.SizeConverter.class,
        defaultValue = "16m,64m,256m,1g,2g", description = "Sizes of live memory (default: ${DEFAULT-VALUE}).")
    private List<Long> liveBytes;

    @Option(names = "--gc-threads", split = ",", paramLabel = "N", defaultValue = "1,2",
        description = "Numbers of threads that mark and sweep (default: ${DEFAULT-VALUE}).")
    private List<Integer> collectorThreads;

    @Quick("5")
    @Option(names = "--reshares", paramLabel = "N", defaultValue = "200",
        description = "Reshares to ask for (default: ${DEFAULT-VALUE}).")
    private int reshares;

    @Quick("5")
    @Option(names = "--majors", paramLabel = "N", defaultValue = "15",
        description = "Major collections to ask for (default: ${DEFAULT-VALUE}).")
    private int majors;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1",
        description = "Of the random numbers (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--quick",
        description = "16 MiB, five of each: to see that it works, not for figures." + OTHERS_WIN)
    private boolean quick;

    @Mixin
    private HeapOptions heap = new HeapOptions();

    @Mixin
    private JsonOption json = new JsonOption();

    @Override
    int execute() {
        liveBytes.forEach(bytes -> check(bytes >= LEAST_LIVE_BYTES, "--live must be at least 1m: " + bytes));
        checkThreads("--gc-threads", collectorThreads, MOST_THREADS);
        check(reshares >= 1 && majors >= 1, "--reshares and --majors must be at least 1");
        final PrintWriter out = out();
        final Progress progress = Progress.on(out);
        final PauseReport report = new PauseReport();
        for (final long bytes : liveBytes) {
            for (final int threads : collectorThreads) {
                progress.show("measuring " + (bytes >> 20) + " MiB, collector threads: " + threads);
                report.add(threads, measure(new PauseRequest(bytes, threads, reshares, majors, seed)));
            }
        }
        progress.clear();
        Measured.printOn(out, report.heapSettings());
        out.println();
        report.printOn(out);
        out.flush();
        json.write(report.toJson());
        return 0;
    }

    private PauseResult measure(final PauseRequest request) {
        try {
            return PauseResult.parse(heap.applyTo(request.child(), false).run());
        } catch (final IllegalArgumentException e) {
            throw wrong(e.getMessage());
        }
    }
}

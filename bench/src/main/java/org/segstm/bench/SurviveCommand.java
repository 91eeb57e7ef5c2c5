package org.segstm.bench;

import org.segstm.bench.survive.SurviveReport;
import org.segstm.bench.survive.SurviveRequest;
import org.segstm.bench.survive.SurviveResult;
import org.segstm.bench.tool.ChildJvm;
import org.segstm.bench.tool.Measured;
import org.segstm.bench.tool.Progress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.PrintWriter;
import java.util.List;

/** {@code segstm survive}: objects that survive, on our heap and on Java's. */
@Command(
    name = "survive",
    description = "Measures how many objects a second a program allocates that survive: threads replace lists of eight "
        + "nodes in tables of their own, 500 lists in a transaction. With STM, without (serial, one thread), and with "
        + "plain Java objects under G1 and no synchronization; heaps are the same multiple of the live objects' size. "
        + "Each figure comes from a JVM of its own and is the median of several rounds; in the end all lists are "
        + "checked.")
public final class SurviveCommand extends BenchCommand {
    private static final long LEAST_OBJECTS = 1000;
    private static final long MOST_OBJECTS = 1_000_000_000;
    private static final double LEAST_HEAP = 1.5;
    private static final int MOST_THREADS = 64;

    @Quick("200000")
    @Option(names = "--live", split = ",", paramLabel = "N", defaultValue = "500000,8000000",
        description = "Numbers of objects that live on (default: ${DEFAULT-VALUE}).")
    private List<Long> liveObjects;

    @Option(names = "--threads", split = ",", paramLabel = "N", defaultValue = "1,2",
        description = "Numbers of threads (default: ${DEFAULT-VALUE}).")
    private List<Integer> threads;

    @Option(names = "--heap-factor", paramLabel = "F", defaultValue = "3",
        description = "Size of the heaps, as a multiple of the live objects' (default: ${DEFAULT-VALUE}).")
    private double heapOfLive;

    @Quick("0.5")
    @Option(names = "--seconds", paramLabel = "S", defaultValue = "5",
        description = "Seconds that count, per figure (default: ${DEFAULT-VALUE}).")
    private double seconds;

    @Quick("0.5")
    @Option(names = "--warm-up", paramLabel = "S", defaultValue = "3",
        description = "Seconds of warm-up before (default: ${DEFAULT-VALUE}).")
    private double warmUpSeconds;

    @Option(names = "--quick",
        description = "Few objects, half a second: to see that it works, not for figures." + OTHERS_WIN)
    private boolean quick;

    @Mixin
    private JsonOption json = new JsonOption();

    @Override
    int execute() {
        liveObjects.forEach(number -> checkRange("--live", number, LEAST_OBJECTS, MOST_OBJECTS));
        checkThreads("--threads", threads, MOST_THREADS);
        check(heapOfLive >= LEAST_HEAP, "--heap-factor must be at least 1.5: " + heapOfLive);
        checkSeconds(seconds);
        checkWarmUp(warmUpSeconds);
        final PrintWriter out = out();
        final Progress progress = Progress.on(out);
        final SurviveReport report = new SurviveReport();
        for (final long number : liveObjects) {
            for (final int count : threads) {
                measure("java", count, number, report, progress);
                measure("segstm", count, number, report, progress);
                if (count == 1) {
                    measure("serial", 1, number, report, progress);
                }
            }
        }
        Measured.printOn(out, "defaults but for the size; java: -XX:+UseG1GC, -Xms and -Xmx the heap's size");
        Measured.line(out, "time", warmUpSeconds + " s of warm-up, then " + SurviveRequest.ROUNDS + " rounds of "
            + seconds / SurviveRequest.ROUNDS + " s; medians");
        out.println();
        report.printOn(out);
        out.flush();
        json.write(report.toJson());
        return 0;
    }

    private void measure(
        final String kind, final int count, final long number, final SurviveReport report, final Progress progress) {
        progress.show("measuring " + number + " objects, " + kind + ", threads: " + count);
        final SurviveRequest request =
            SurviveRequest.ofSeconds(kind, count, number, heapOfLive, warmUpSeconds, seconds);
        final ChildJvm child = request.child();
        report.add(request, SurviveResult.parse(child.run()));
        progress.clear();
    }
}

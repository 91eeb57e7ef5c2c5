package org.segstm.bench;

import org.segstm.bench.soak.Soak;
import org.segstm.bench.tool.Measured;
import org.segstm.heap.HeapContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.PrintWriter;
import java.util.Map;

/** {@code segstm soak}: allocates for a long time and sees to it that no memory grows. */
@Command(
    name = "soak",
    description = "Lets programs allocate for a long time. Again and again all objects are verified and collected; "
        + "live memory, memory of the file, the commit log, the Java heap and the number of mappings must not grow "
        + "after the first third of the time.")
public final class SoakCommand extends BenchCommand {
    private static final long HEAP_BYTES = 256L << 20;
    private static final int MOST_THREADS = 64;

    @Quick("30")
    @Option(names = "--seconds", paramLabel = "S", defaultValue = "600",
        description = "How long (default: ${DEFAULT-VALUE}).")
    private long seconds;

    @Quick("3")
    @Option(names = "--interval", paramLabel = "S", defaultValue = "10",
        description = "Seconds between two looks (default: ${DEFAULT-VALUE}).")
    private long intervalSeconds;

    @Option(names = "--threads", paramLabel = "N", defaultValue = "3",
        description = "Threads that change graphs (default: ${DEFAULT-VALUE}).")
    private int threads;

    @Option(names = "--duhton-threads", paramLabel = "N", defaultValue = "2",
        description = "Threads of the Duhton program, 0 for none (default: ${DEFAULT-VALUE}).")
    private int duhtonThreads;

    @Option(names = "--seed", paramLabel = "N", description = "Of the random numbers (default: a new one).")
    private Long seed;

    @Option(names = "--stress", paramLabel = "SIZE", converter = HeapOptions.SizeConverter.class,
        description = "Collect whenever a mutator has allocated so much, such as 64k.")
    private Long stressBytes;

    @Option(names = "--verify-all", description = "Verify after every collection, not only at each look.")
    private boolean verifyAll;

    @Option(names = "--checked", description = "Verify every access.")
    private boolean checked;

    @Option(names = "--quick", description = "30 seconds, 3 between two looks: to see that it works." + OTHERS_WIN)
    private boolean quick;

    @Mixin
    private HeapOptions heap = new HeapOptions();

    @Mixin
    private JsonOption json = new JsonOption();

    @Override
    int execute() {
        check(seconds >= 1 && intervalSeconds >= 1, "--seconds and --interval must be at least 1");
        checkRange("--threads", threads, 1, MOST_THREADS);
        checkRange("--duhton-threads", duhtonThreads, 0, MOST_THREADS);
        if (checked) {
            System.setProperty(HeapContext.CHECKED_PROPERTY, "true");
        }
        final PrintWriter out = out();
        final long usedSeed = seed == null ? System.nanoTime() : seed;
        try (Soak soak = new Soak(out)) {
            soak.addGraph(() -> context(threads), threads, usedSeed);
            if (duhtonThreads != 0) {
                soak.addDuhton(() -> context(duhtonThreads), duhtonThreads);
            }
            Measured.printOn(out, soak.settings());
            Measured.line(out, "seed", Long.toString(usedSeed));
            final boolean right = soak.run(seconds, intervalSeconds);
            json.write(Map.of("seed", usedSeed, "right", right, "looks", soak.toJson()));
            return right ? 0 : 1;
        } catch (final IllegalArgumentException e) {
            throw wrong(e.getMessage());
        } finally {
            out.flush();
        }
    }

    private HeapContext context(final int segments) {
        final HeapContext context = new HeapContext().segments(segments).heapBytes(HEAP_BYTES);
        heap.configure(context);
        if (stressBytes != null) {
            context.stressBytes(stressBytes);
        }
        return verifyAll ? context.verify(true) : context;
    }
}

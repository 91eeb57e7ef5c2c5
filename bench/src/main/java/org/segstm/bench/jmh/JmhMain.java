package org.segstm.bench.jmh;

import org.openjdk.jmh.Main;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.segstm.bench.tool.ChildJvm;
import org.segstm.bridge.JvmFlags;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Entry of {@code benchmarks.jar}: JMH with all its options, but that forked JVMs get the flags SegSTM needs. With
 * {@code -prof gc} it ends with status 1 when a transaction has allocated on the Java heap.
 */
public final class JmhMain {
    private static final String ALLOCATED = "gc.alloc.rate.norm";
    private static final String RATE = "gc.alloc.rate";
    /** What JMH itself allocates meanwhile is less than one or the other: some in a long operation, but slowly. */
    private static final double MOST_BYTES = 0.5;
    private static final double MOST_MEGABYTES_PER_SECOND = 1;
    private static final List<String> LIMITS = List.of("raw", "java");
    /** Calls for which everybody stops; they are no transactions. Benchmarks that make them, or need them as setup. */
    private static final List<String> STOPPING = List.of("privatize", "privatizeAndAbort", "reshare", "reshareNothing");

    private JmhMain() {
    }

    /**
     * Runs benchmarks, or lists what there is.
     *
     * @param arguments options of JMH; {@code -h} tells them.
     * @throws IOException                when a list of profilers cannot be printed.
     * @throws CommandLineOptionException when an option is wrong.
     * @throws RunnerException            when a benchmark fails.
     */
    public static void main(final String[] arguments)
        throws IOException, CommandLineOptionException, RunnerException {
        final CommandLineOptions given = new CommandLineOptions(arguments);
        if (given.shouldHelp() || given.shouldList() || given.shouldListWithParams()
            || given.shouldListProfilers() || given.shouldListResultFormats()) {
            Main.main(arguments);
            return;
        }
        final List<String> allocating = allocating(new Runner(withFlags(given)).run());
        allocating.forEach(line -> System.out.println("allocates on the Java heap: " + line));
        System.exit(allocating.isEmpty() ? 0 : 1);
    }

    static Options withFlags(final Options given) {
        final List<String> flags = new ArrayList<>(JvmFlags.required());
        flags.addAll(ChildJvm.unsafeFlags());
        flags.addAll(given.getJvmArgsPrepend().orElse(List.of()));
        return new OptionsBuilder().parent(given).shouldFailOnError(true)
            .jvmArgsPrepend(flags.toArray(String[]::new)).build();
    }

    /** Transactions that allocate, with the bytes per operation. */
    static List<String> allocating(final Collection<RunResult> results) {
        final List<String> lines = new ArrayList<>();
        for (final RunResult result : results) {
            final Result<?> allocated = result.getSecondaryResults().get(ALLOCATED);
            if (allocated != null && mustNotAllocate(result.getPrimaryResult().getLabel())
                && allocates(allocated.getScore(), result.getSecondaryResults().get(RATE).getScore())) {
                lines.add(result.getParams().getBenchmark() + ": " + allocated.getScore() + " bytes per operation");
            }
        }
        return lines;
    }

    static boolean allocates(final double bytesPerOperation, final double megabytesPerSecond) {
        return bytesPerOperation > MOST_BYTES && megabytesPerSecond > MOST_MEGABYTES_PER_SECOND;
    }

    /** By the method's name. */
    static boolean mustNotAllocate(final String method) {
        return LIMITS.stream().noneMatch(method::startsWith) && !STOPPING.contains(method);
    }
}

package org.segstm.bench.soak;

import org.segstm.heap.HeapContext;
import org.segstm.heap.HeapException;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Lets programs allocate for a long time and looks at them again and again: verifies their heaps, collects, and notes
 * what must not grow.
 */
public final class Soak implements AutoCloseable {
    private final PrintWriter out;
    private final List<SoakProgram> programs = new ArrayList<>();
    private final List<HeapWatch> watches = new ArrayList<>();
    private final ProcessWatch process = new ProcessWatch();

    /**
     * Makes a soak test without programs.
     *
     * @param out for a few lines per look.
     */
    public Soak(final PrintWriter out) {
        this.out = out;
    }

    /**
     * Adds threads that replace parts of graphs.
     *
     * @param context of their heap.
     * @param threads number of threads.
     * @param seed    of what they do.
     */
    public void addGraph(final Supplier<HeapContext> context, final int threads, final long seed) {
        add(new GraphProgram(context.get(), threads, seed));
    }

    /**
     * Adds a Duhton program.
     *
     * @param context of its heap.
     * @param threads that run its transactions.
     */
    public void addDuhton(final Supplier<HeapContext> context, final int threads) {
        add(new DuhtonProgram(context.get(), threads));
    }

    private void add(final SoakProgram program) {
        programs.add(program);
        watches.add(new HeapWatch(program));
    }

    /**
     * Runs.
     *
     * @param seconds         all in all.
     * @param intervalSeconds between two looks.
     * @return true when nothing was wrong.
     */
    public boolean run(final long seconds, final long intervalSeconds) {
        final long start = System.nanoTime();
        programs.forEach(SoakProgram::start);
        String wrong = null;
        long elapsed = 0;
        while (wrong == null && elapsed < seconds) {
            pause(Math.min(intervalSeconds, seconds - elapsed));
            wrong = look();
            elapsed = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
            if (wrong == null) {
                out.println("after " + elapsed + " s, in MiB:");
                watches.forEach(watch -> out.println(watch.line()));
                out.println(process.line());
            }
        }
        final List<String> violations = wrong == null ? growth() : List.of(wrong);
        violations.forEach(violation -> out.println("WRONG: " + violation));
        out.println(violations.isEmpty() ? "nothing grew, all heaps are in order" : "soak failed");
        return violations.isEmpty();
    }

    /**
     * What must not grow, and what it was at each look.
     *
     * @return names and numbers, for {@link org.segstm.bench.tool.JsonWriter}.
     */
    public Map<String, Object> toJson() {
        final Map<String, Object> values = new LinkedHashMap<>();
        gauges().forEach(gauge -> values.put(gauge.name(), gauge.values()));
        return values;
    }

    /**
     * Settings of the heaps.
     *
     * @return of each program's.
     */
    public String settings() {
        return programs.stream().map(program -> program.name() + ' ' + program.heap().context())
            .collect(Collectors.joining(", "));
    }

    private Stream<Gauge> gauges() {
        return Stream.concat(watches.stream().flatMap(watch -> watch.gauges().stream()), process.gauges().stream());
    }

    private String look() {
        try {
            for (final HeapWatch watch : watches) {
                final String wrong = watch.look();
                if (wrong != null) {
                    programs.stream().map(SoakProgram::failure).filter(failure -> failure != null)
                        .forEach(failure -> failure.printStackTrace(out));
                    return wrong;
                }
            }
            process.look();
            return null;
        } catch (final HeapException e) {
            return e.getMessage();
        }
    }

    private List<String> growth() {
        return gauges().map(Gauge::violation).filter(violation -> violation != null).collect(Collectors.toList());
    }

    private static void pause(final long seconds) {
        try {
            TimeUnit.SECONDS.sleep(seconds);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends the programs. */
    @Override
    public void close() {
        programs.forEach(SoakProgram::close);
    }
}

package org.segstm.bench.barriers;

import org.segstm.bench.tool.BenchException;
import org.segstm.bench.tool.ChildResult;
import org.segstm.bench.tool.Figures;
import org.segstm.duhton.compile.BarrierCounters;
import org.segstm.duhton.compile.Jit;

/** Runs a program one way in a JVM of its own: counts what it executes, or takes the time. */
public final class BarriersMain {
    /** Low, for little to be executed uncounted; but what is called has to be known when its callers are compiled. */
    private static final int COUNTING_THRESHOLD = 100;

    private BarriersMain() {
    }

    /**
     * Runs it.
     *
     * @param arguments program, small size?, way, runs of which the first is warm-up; 0: counts in one run.
     */
    public static void main(final String[] arguments) {
        final DuhtonText program = DuhtonText.of(arguments[0], Boolean.parseBoolean(arguments[1]));
        final Way way = Way.valueOf(arguments[2]);
        final int runs = Integer.parseInt(arguments[3]);
        try {
            System.out.print((runs == 0 ? count(program, way) : time(program, way, runs)).print());
        } catch (final BenchException e) {
            System.err.println(program.name() + ": " + e.getMessage());
            System.exit(1);
        }
    }

    private static ChildResult count(final DuhtonText program, final Way way) {
        final BarrierCounters counters = new BarrierCounters();
        final ChildResult result = new ChildResult()
            .put("output", new ProgramRun(way, COUNTING_THRESHOLD, counters).run(program.text()));
        for (final BarrierCounters.Kind kind : BarrierCounters.Kind.values()) {
            result.put(kind.name(), counters.count(kind));
        }
        return result;
    }

    private static ChildResult time(final DuhtonText program, final Way way, final int runs) {
        final double[] seconds = new double[Math.max(1, runs - 1)];
        String output = null;
        for (int run = 0; run < runs; run++) {
            final long start = System.nanoTime();
            final String printed = new ProgramRun(way, Jit.DEFAULT_THRESHOLD, null).run(program.text());
            seconds[Math.max(0, run - 1)] = (System.nanoTime() - start) / 1e9;
            if (output != null && !output.equals(printed)) {
                throw new BenchException("prints something else each time");
            }
            output = printed;
        }
        return new ChildResult().put("output", output).put("seconds", Figures.median(seconds));
    }
}

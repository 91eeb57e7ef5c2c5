package org.segstm.bench.barriers;

import org.segstm.bench.tool.ChildResult;
import org.segstm.duhton.compile.Jit;
import org.segstm.duhton.transaction.Program;
import org.segstm.jit.compile.WarmupCurve;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Does the same work again and again in a JVM of its own, and tells how often from the JVM's start on. */
public final class WarmUpMain {
    private static final long SLOT_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final String SEPARATOR = " ";

    private WarmUpMain() {
    }

    /**
     * Runs it.
     *
     * @param arguments program, way, slots of 100 ms.
     */
    public static void main(final String[] arguments) {
        // To 10 ms, which is what the system knows; a slot has ten times that.
        final long jvmNanos = ProcessHandle.current().info().startInstant()
            .map(start -> Duration.between(start, Instant.now()).toNanos()).orElse(0L);
        final long start = System.nanoTime() - Math.max(0, jvmNanos);
        final WarmUpProgram program = WarmUpProgram.of(arguments[0]);
        final int slots = Integer.parseInt(arguments[2]);
        final WarmupCurve curve = new WarmupCurve(SLOT_NANOS, slots);
        new ProgramRun(Way.valueOf(arguments[1]), Jit.DEFAULT_THRESHOLD, null).onProgram(
            new ByteArrayOutputStream(), running -> turn(running, program, curve, start, slots * SLOT_NANOS));
        System.out.print(new ChildResult().put("halfOfPeakMs", TimeUnit.NANOSECONDS.toMillis(curve.nanosToHalfOfPeak()))
            .put("peakPerSecond", curve.peak() * (1e9 / SLOT_NANOS))
            .put("turns", IntStream.range(0, slots).mapToObj(slot -> Long.toString(curve.workIn(slot)))
                .collect(Collectors.joining(SEPARATOR))).print());
    }

    private static void turn(
        final Program running, final WarmUpProgram program, final WarmupCurve curve, final long start,
        final long nanos) {
        running.run(program.text(), 1, false);
        long elapsed = System.nanoTime() - start;
        while (elapsed < nanos) {
            running.run(program.turn(), 1, false);
            elapsed = System.nanoTime() - start;
            curve.record(elapsed, 1);
        }
    }

    /**
     * Reads turns per slot.
     *
     * @param text as a child prints them.
     * @return one number per slot.
     */
    public static long[] turns(final String text) {
        return Arrays.stream(text.split(SEPARATOR)).mapToLong(Long::parseLong).toArray();
    }
}

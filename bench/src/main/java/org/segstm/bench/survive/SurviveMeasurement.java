package org.segstm.bench.survive;

import com.sun.management.OperatingSystemMXBean;
import org.segstm.bench.tool.BenchException;
import org.segstm.bench.tool.Figures;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Runs one program in this JVM: threads fill their tables, then replace lists in rounds. */
final class SurviveMeasurement {
    private static final int STEPS = 500;
    private final SurviveRequest request;
    private final Function<String, Survivors> maker;
    private final int slots;

    SurviveMeasurement(final SurviveRequest request, final Function<String, Survivors> maker) {
        this.request = request;
        this.maker = maker;
        this.slots = Math.toIntExact(request.liveObjects() / request.threads() / Survivors.NODES_IN_LIST);
    }

    SurviveResult run(final long heapBytes) {
        final ExecutorService threads = Executors.newFixedThreadPool(request.threads());
        final List<Survivors> programs = new ArrayList<>();
        try {
            for (int i = 0; i < request.threads(); i++) {
                final Survivors program = maker.apply("thread " + i);
                programs.add(program);
            }
            all(threads, programs, (program, number) -> {
                program.fill(slots);
                return 0L;
            });
            round(threads, programs, request.warmUpNanos(), 0);
            final double[] rates = new double[request.rounds()];
            final OperatingSystemMXBean system =
                (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
            final long cpuBefore = system.getProcessCpuTime();
            final long start = System.nanoTime();
            for (int i = 0; i < rates.length; i++) {
                rates[i] = round(threads, programs, request.roundNanos(), i + 1);
            }
            final double cpuShare = (system.getProcessCpuTime() - cpuBefore) / (double) (System.nanoTime() - start);
            check(all(threads, programs, (program, number) -> program.sum()));
            return new SurviveResult(Figures.median(rates), cpuShare, request.liveBytes(), heapBytes);
        } finally {
            programs.forEach(Survivors::close);
            threads.shutdownNow();
        }
    }

    /** Rate of surviving objects, all threads together, each in its own time. */
    private double round(
        final ExecutorService threads, final List<Survivors> programs, final long nanos, final int round) {
        final long start = System.nanoTime();
        final long lists = all(threads, programs, (program, number) -> {
            long replaced = 0;
            do {
                program.replace(STEPS, replaced * request.threads() + number + ((long) round << Integer.SIZE));
                replaced += STEPS;
            } while (System.nanoTime() - start < nanos);
            return replaced;
        });
        return lists * (double) Survivors.NODES_IN_LIST * 1e9 / (System.nanoTime() - start);
    }

    private void check(final long sum) {
        final long expected = (long) slots * (slots - 1) / 2 * Survivors.NODES_IN_LIST * request.threads();
        if (sum != expected) {
            throw new BenchException("the heap has lost objects: sum " + sum + ", expected " + expected);
        }
    }

    private static long all(final ExecutorService threads, final List<Survivors> programs, final Part part) {
        final List<Future<Long>> parts = new ArrayList<>();
        for (int i = 0; i < programs.size(); i++) {
            final int number = i;
            parts.add(threads.submit(() -> part.run(programs.get(number), number)));
        }
        long sum = 0;
        try {
            for (final Future<Long> future : parts) {
                sum += future.get();
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchException("interrupted");
        } catch (final ExecutionException e) {
            throw new IllegalStateException("a thread failed", e.getCause());
        }
        return sum;
    }

    /** What each thread does. */
    private interface Part {
        long run(Survivors program, int number);
    }
}

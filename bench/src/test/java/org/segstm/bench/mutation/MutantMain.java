package org.segstm.bench.mutation;

import org.segstm.bench.isolation.check.IsolationViolation;
import org.segstm.bench.isolation.workload.IsolationRun;
import org.segstm.bench.isolation.workload.Scenario;
import org.segstm.gc.verify.HeapVerificationException;
import org.segstm.heap.CheckedAccessException;
import org.segstm.heap.PageSharing;

import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Runs scenarios until something is found: one line by whom, then the story. Arguments: seconds, first seed, and the
 * mutation if there is one.
 */
public final class MutantMain {
    static final String FOUND = "found by ";
    static final String NOTHING = "nothing found";
    private static final long SCENARIO_MS = 700;

    private MutantMain() {
    }

    public static void main(final String[] arguments) {
        final long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(Long.parseLong(arguments[0]));
        final long seed = Long.parseLong(arguments[1]);
        final Predicate<Scenario> isWorthTrying =
            arguments.length > 2 ? Mutation.valueOf(arguments[2])::isWorthTrying : scenario -> true;
        final PageSharing[] strategies = PageSharing.values();
        int strategy = 0;
        for (long i = seed; System.nanoTime() < end; i++) {
            final Scenario scenario = Scenario.draw(i, strategies[strategy % strategies.length], 0);
            if (!isWorthTrying.test(scenario)) {
                continue;
            }
            strategy++;
            try {
                IsolationRun.run(scenario, SCENARIO_MS);
            } catch (final IsolationViolation e) {
                final String finder = finder(e.getCause());
                System.out.println(FOUND + finder + "\n" + e.getMessage());
                System.out.flush();
                // Threads may still be running in the heap.
                Runtime.getRuntime().halt(finder == null ? 1 : 0);
            }
        }
        System.out.println(NOTHING);
    }

    /** Who said that something is wrong; null for an exception that nobody threw on purpose. */
    private static String finder(final Throwable cause) {
        if (cause instanceof IsolationViolation) {
            return "isolation checker";
        }
        if (cause instanceof HeapVerificationException) {
            return "heap verifier";
        }
        return cause instanceof CheckedAccessException || cause instanceof IllegalStateException
            ? "checked mode" : null;
    }
}

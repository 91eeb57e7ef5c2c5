package org.segstm.bench.mutation;

import org.segstm.bench.isolation.check.IsolationViolation;
import org.segstm.bench.isolation.workload.IsolationRun;
import org.segstm.bench.isolation.workload.Scenario;
import org.segstm.gc.verify.HeapVerificationException;
import org.segstm.heap.CheckedAccessException;
import org.segstm.heap.PageSharing;

import java.util.concurrent.TimeUnit;

/** Runs scenarios until something is found: one line by whom, then the story. Arguments: seconds, first seed. */
public final class MutantMain {
    static final String FOUND = "found by ";
    static final String NOTHING = "nothing found";
    private static final long SCENARIO_MS = 700;

    private MutantMain() {
    }

    public static void main(final String[] arguments) {
        final long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(Long.parseLong(arguments[0]));
        final long seed = Long.parseLong(arguments[1]);
        final PageSharing[] strategies = PageSharing.values();
        for (int i = 0; System.nanoTime() < end; i++) {
            try {
                IsolationRun.run(Scenario.draw(seed + i, strategies[i % strategies.length], 0), SCENARIO_MS);
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

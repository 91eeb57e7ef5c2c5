package org.segstm.bench.mutation;

import org.segstm.bench.isolation.check.IsolationViolation;
import org.segstm.bench.isolation.workload.IsolationRun;
import org.segstm.bench.isolation.workload.Scenario;
import org.segstm.gc.verify.HeapVerificationException;
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
                System.out.println(FOUND + finder(e.getCause()) + "\n" + e.getMessage());
                System.out.flush();
                // Threads may still be running in the heap.
                Runtime.getRuntime().halt(0);
            }
        }
        System.out.println(NOTHING);
    }

    private static String finder(final Throwable cause) {
        if (cause instanceof IsolationViolation) {
            return "isolation checker";
        }
        return cause instanceof HeapVerificationException ? "heap verifier" : "checked mode";
    }
}

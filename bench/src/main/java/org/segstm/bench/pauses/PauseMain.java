package org.segstm.bench.pauses;

import org.segstm.bench.tool.ChildResult;
import org.segstm.heap.HeapContext;

/** Measures in a JVM of its own, whose system properties configure the heap, and prints the result. */
public final class PauseMain {
    private PauseMain() {
    }

    /**
     * Measures once.
     *
     * @param arguments of a {@link PauseRequest}.
     */
    public static void main(final String[] arguments) {
        System.out.print(measure(PauseRequest.parse(arguments)));
    }

    private static String measure(final PauseRequest request) {
        final Population population;
        try {
            population = new Population(new HeapContext(), request.liveBytes(), request.seed());
        } catch (final IllegalArgumentException e) {
            return ChildResult.printWrongSetting(e.getMessage());
        }
        try (population) {
            return new PauseMeasurement(population, request).run().print();
        }
    }
}

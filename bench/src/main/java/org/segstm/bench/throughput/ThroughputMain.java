package org.segstm.bench.throughput;

import org.segstm.bench.tool.ChildResult;

/** Measures in a JVM of its own, whose system properties configure the heap, and prints the result. */
public final class ThroughputMain {
    private ThroughputMain() {
    }

    /**
     * Measures once.
     *
     * @param arguments of a {@link ThroughputRequest}.
     */
    public static void main(final String[] arguments) {
        System.out.print(measure(ThroughputRequest.parse(arguments)));
    }

    private static String measure(final ThroughputRequest request) {
        try {
            return new Measurement(request).run().print();
        } catch (final ExceptionInInitializerError e) {
            if (e.getCause() instanceof IllegalArgumentException) {
                return ChildResult.printWrongSetting(e.getCause().getMessage());
            }
            throw e;
        }
    }
}

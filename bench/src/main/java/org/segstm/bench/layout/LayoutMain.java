package org.segstm.bench.layout;

import org.segstm.bench.tool.ChildResult;

/** Measures in a JVM of its own, whose system properties say where, and prints the result. */
public final class LayoutMain {
    private LayoutMain() {
    }

    /**
     * Measures once.
     *
     * @param arguments of a {@link LayoutRequest}.
     */
    public static void main(final String[] arguments) {
        System.out.print(measure(LayoutRequest.parse(arguments)));
    }

    private static String measure(final LayoutRequest request) {
        try {
            return new LayoutMeasurement(request, Settings.threads(), Settings.idle()).run().print();
        } catch (final IllegalArgumentException e) {
            return ChildResult.printWrongSetting(e.getMessage());
        } catch (final ExceptionInInitializerError e) {
            if (e.getCause() instanceof IllegalArgumentException) {
                return ChildResult.printWrongSetting(e.getCause().getMessage());
            }
            throw e;
        }
    }
}

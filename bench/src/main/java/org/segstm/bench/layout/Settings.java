package org.segstm.bench.layout;

import org.segstm.heap.util.Units;

/** What a measuring JVM reads from system properties beside the heap's own. */
final class Settings {
    static final String THREADS_PROPERTY = "segstm.layout.threads";
    static final String IDLE_PROPERTY = "segstm.layout.idle";
    static final String CELLS_PROPERTY = "segstm.layout.cells";
    static final String CELLS_OF_WORKLOAD = "usual";
    private static final int MOST_THREADS = 1024;
    private static final int MOST_CELLS = 1 << 28;

    private Settings() {
    }

    static int threads() {
        return number(THREADS_PROPERTY, "threads must be from 1 to " + MOST_THREADS, 1, MOST_THREADS);
    }

    static int idle() {
        return number(IDLE_PROPERTY, "idle mutators must be from 0 to " + MOST_THREADS, 0, MOST_THREADS);
    }

    static int cells(final LayoutWorkload workload) {
        return CELLS_OF_WORKLOAD.equals(System.getProperty(CELLS_PROPERTY)) ? workload.cells()
            : number(CELLS_PROPERTY, "cells must be from 1 to 256m, or usual", 1, MOST_CELLS);
    }

    private static int number(final String property, final String rule, final int minimum, final int maximum) {
        final long number = Units.parseBytes(property, System.getProperty(property));
        if (number < minimum || number > maximum) {
            throw new IllegalArgumentException(rule + ": " + property + "=" + number);
        }
        return (int) number;
    }
}

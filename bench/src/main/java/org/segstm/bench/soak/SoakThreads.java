package org.segstm.bench.soak;

/** Waiting for threads. */
final class SoakThreads {
    private SoakThreads() {
    }

    /** Waits for the end of a thread; false when it does not come. */
    static boolean join(final Thread thread, final long milliseconds) {
        try {
            thread.join(milliseconds);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return !thread.isAlive();
    }
}

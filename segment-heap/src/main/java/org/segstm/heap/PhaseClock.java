package org.segstm.heap;

/** Adds up a mutator's time by phase. Time run is booked when the outcome of the transaction is known. */
final class PhaseClock {
    private final long[] nanos;
    private Phase current = Phase.OUTSIDE;
    private long since = System.nanoTime();
    private long undecidedRun;

    PhaseClock(final long[] nanos) {
        this.nanos = nanos;
    }

    void switchTo(final Phase next) {
        final long now = System.nanoTime();
        if (current == Phase.RUN) {
            undecidedRun += now - since;
        } else {
            nanos[current.ordinal()] += now - since;
        }
        since = now;
        current = next;
        if (next == Phase.OUTSIDE) {
            nanos[Phase.RUN.ordinal()] += undecidedRun;
            undecidedRun = 0;
        }
    }

    /** The running transaction is being rolled back: what it ran so far was in vain. */
    void runWasLost() {
        switchTo(Phase.ABORT);
        nanos[Phase.ABORT.ordinal()] += undecidedRun;
        undecidedRun = 0;
    }
}

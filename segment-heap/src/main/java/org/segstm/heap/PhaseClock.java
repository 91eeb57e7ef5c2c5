package org.segstm.heap;

import org.segstm.heap.event.Activity;
import org.segstm.heap.event.EventBuffer;
import org.segstm.heap.event.EventKind;
import org.segstm.heap.event.JfrStream;

/**
 * Adds up a mutator's time by phase, and tells event log and flight recorder of each switch: one source for all. Time
 * run is booked when the outcome of the transaction is known.
 */
final class PhaseClock {
    private final long[] nanos;
    /** Null without an event log. */
    private final EventBuffer events;
    /** Null without events for the flight recorder. */
    private final JfrStream jfr;
    private Activity current = Activity.OUTSIDE;
    private long since = System.nanoTime();
    private long undecidedRun;

    PhaseClock(final long[] nanos, final EventBuffer events, final JfrStream jfr) {
        this.nanos = nanos;
        this.events = events;
        this.jfr = jfr;
        if (events != null) {
            events.add(EventKind.ACTIVITY, since, current.ordinal());
        }
    }

    /** Returns what ends by this. */
    Activity switchTo(final Activity next) {
        final Activity before = current;
        if (next != before) {
            final long now = System.nanoTime();
            if (before == Activity.RUN) {
                undecidedRun += now - since;
            } else {
                nanos[phaseOf(before).ordinal()] += now - since;
            }
            since = now;
            current = next;
            if (events != null) {
                events.add(EventKind.ACTIVITY, now, next.ordinal());
            }
            if (jfr != null) {
                jfr.switchTo(next);
            }
        }
        return before;
    }

    void committed(final boolean inevitable) {
        nanos[Phase.RUN.ordinal()] += undecidedRun;
        undecidedRun = 0;
        event(EventKind.COMMITTED, inevitable ? 1 : 0);
        if (jfr != null) {
            jfr.committed();
        }
    }

    /** What the running transaction ran so far was in vain. Returns its nanoseconds. */
    long runWasLost() {
        switchTo(Activity.ROLLBACK);
        final long lost = undecidedRun;
        nanos[Phase.ABORT.ordinal()] += lost;
        undecidedRun = 0;
        return lost;
    }

    void aborted(final AbortCause cause) {
        event(EventKind.ABORTED, cause.ordinal());
        if (jfr != null) {
            jfr.aborted(cause);
        }
    }

    void inevitable(final String reason) {
        if (events != null) {
            event(EventKind.INEVITABLE, events.log().reason(reason));
        }
        if (jfr != null) {
            jfr.inevitable(reason);
        }
    }

    void decided(final Contention decision, final boolean byAnother) {
        if (events == null) {
            return;
        }
        if (byAnother) {
            events.addFromAnother(EventKind.DECISION, decision.ordinal());
        } else {
            event(EventKind.DECISION, decision.ordinal());
        }
    }

    void event(final EventKind kind, final int argument) {
        if (events != null) {
            events.add(kind, System.nanoTime(), argument);
        }
    }

    void close() {
        if (events != null) {
            events.close();
        }
    }

    private static Phase phaseOf(final Activity activity) {
        switch (activity) {
            case OUTSIDE:
            case DETACHED:
                return Phase.OUTSIDE;
            case RUN:
                return Phase.RUN;
            case BEGIN:
            case COMMIT:
                return Phase.COMMIT;
            case ROLLBACK:
            case BACK_OFF:
                return Phase.ABORT;
            case MINOR_GC:
                return Phase.MINOR_GC;
            default:
                return Phase.WAIT;
        }
    }
}

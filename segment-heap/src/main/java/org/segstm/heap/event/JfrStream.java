package org.segstm.heap.event;

import org.segstm.heap.AbortCause;

import java.util.Locale;

/** Makes the JDK's flight recorder events of one mutator. While no recording runs, each call is a test or two. */
public final class JfrStream {
    private static final JfrEvents.Transaction TRANSACTION = new JfrEvents.Transaction();
    private static final JfrEvents.Wait WAIT = new JfrEvents.Wait();
    private static final JfrEvents.MinorCollection MINOR = new JfrEvents.MinorCollection();

    private final String name;
    private JfrEvents.Transaction transaction;
    private JfrEvents.Wait wait;
    private JfrEvents.MinorCollection minor;

    /**
     * Makes a stream.
     *
     * @param name of the mutator.
     */
    public JfrStream(final String name) {
        this.name = name;
    }

    /**
     * An activity has ended and another begins.
     *
     * @param next what begins.
     */
    public void switchTo(final Activity next) {
        endShort();
        if (next == Activity.BEGIN && TRANSACTION.isEnabled()) {
            transaction = new JfrEvents.Transaction();
            transaction.begin();
        } else if (next == Activity.MINOR_GC && MINOR.isEnabled()) {
            minor = new JfrEvents.MinorCollection();
            minor.begin();
        } else if (isWait(next) && WAIT.isEnabled()) {
            wait = new JfrEvents.Wait();
            wait.cause = next.title();
            wait.begin();
        }
    }

    private void endShort() {
        if (wait != null) {
            wait.mutator = name;
            wait.commit();
            wait = null;
        }
        if (minor != null) {
            minor.mutator = name;
            minor.commit();
            minor = null;
        }
    }

    private static boolean isWait(final Activity activity) {
        return activity.ordinal() >= Activity.WAIT_SEGMENT.ordinal() || activity == Activity.BACK_OFF;
    }

    /**
     * The transaction has become inevitable.
     *
     * @param reason why.
     */
    public void inevitable(final String reason) {
        if (transaction != null) {
            transaction.inevitable = reason;
        }
    }

    /** The transaction has committed. */
    public void committed() {
        end("committed");
    }

    /**
     * The transaction was rolled back.
     *
     * @param cause why.
     */
    public void aborted(final AbortCause cause) {
        end("aborted: " + cause.name().toLowerCase(Locale.ROOT).replace('_', ' '));
    }

    private void end(final String outcome) {
        if (transaction != null) {
            transaction.mutator = name;
            transaction.outcome = outcome;
            transaction.commit();
            transaction = null;
        }
    }

    /**
     * The transaction was rolled back because of a conflict.
     *
     * @param conflict both sides.
     */
    public static void conflict(final Conflict conflict) {
        final JfrEvents.Conflicted event = new JfrEvents.Conflicted();
        if (event.isEnabled()) {
            event.object = conflict.object().toString();
            event.victim = conflict.victim().name();
            event.victimLocation = conflict.victim().where();
            event.writer = conflict.writer().name();
            event.writerLocation = conflict.writer().where();
            event.lost = conflict.lostNanos();
            event.commit();
        }
    }

    /**
     * A collection has ended that all stood still for.
     *
     * @param kind       of collection.
     * @param cause      of it.
     * @param pauseNanos how long it took.
     */
    public static void collection(final String kind, final String cause, final long pauseNanos) {
        final JfrEvents.Collection event = new JfrEvents.Collection();
        if (event.isEnabled()) {
            event.kind = kind;
            event.cause = cause;
            event.pause = pauseNanos;
            event.commit();
        }
    }
}

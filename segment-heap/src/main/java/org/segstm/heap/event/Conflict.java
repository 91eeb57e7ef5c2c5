package org.segstm.heap.event;

import org.segstm.heap.AbortCause;

import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** A transaction was rolled back because another one had committed what it depended on: both sides. */
public final class Conflict {
    private static final double NANOS_PER_MILLI = TimeUnit.MILLISECONDS.toNanos(1);

    private final long nanoTime;
    private final AbortCause cause;
    private final ConflictObject object;
    private final Side victim;
    private final Side writer;
    private final long lostNanos;

    /**
     * Makes a description.
     *
     * @param nanoTime  when, by {@link System#nanoTime()}.
     * @param cause     how it was found.
     * @param object    what both used.
     * @param victim    who was rolled back, and where it had read or written the object first.
     * @param writer    who had committed, and where it had written the object first.
     * @param lostNanos time run in vain.
     */
    public Conflict(
        final long nanoTime, final AbortCause cause, final ConflictObject object, final Side victim,
        final Side writer, final long lostNanos) {
        this.nanoTime = nanoTime;
        this.cause = cause;
        this.object = object;
        this.victim = victim;
        this.writer = writer;
        this.lostNanos = lostNanos;
    }

    /**
     * When it was found.
     *
     * @return time of {@link System#nanoTime()}.
     */
    public long nanoTime() {
        return nanoTime;
    }

    /**
     * How it was found.
     *
     * @return one of the causes that are conflicts.
     */
    public AbortCause cause() {
        return cause;
    }

    /**
     * What both used.
     *
     * @return the object.
     */
    public ConflictObject object() {
        return object;
    }

    /**
     * Who was rolled back.
     *
     * @return its mutator, and where it had read the object first, or written it when it had not read it before.
     */
    public Side victim() {
        return victim;
    }

    /**
     * Who had committed.
     *
     * @return its mutator, and where it had written the object first; unknown when that is too long ago.
     */
    public Side writer() {
        return writer;
    }

    /**
     * What it cost.
     *
     * @return nanoseconds that the transaction had run.
     */
    public long lostNanos() {
        return lostNanos;
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s lost %.3f ms on %s: %s, written by %s",
            victim.name(), lostNanos / NANOS_PER_MILLI, object, victim.where(), writer);
    }

    /** One of the two. */
    public static final class Side {
        /** Nobody knows. */
        public static final Side UNKNOWN = new Side(0, "somebody", null);

        private final int number;
        private final String name;
        private final Location location;

        /**
         * Makes a side.
         *
         * @param number   of the mutator, 0 when unknown.
         * @param name     of the mutator.
         * @param location of the access, or null.
         */
        public Side(final int number, final String name, final Location location) {
            this.number = number;
            this.name = name;
            this.location = location;
        }

        /**
         * Number of the mutator in the heap.
         *
         * @return from 1; 0 when unknown.
         */
        public int number() {
            return number;
        }

        /**
         * Name of the mutator.
         *
         * @return its name.
         */
        public String name() {
            return name;
        }

        /**
         * Where the access was.
         *
         * @return the location, null when none was set, or it is not known.
         */
        public Location location() {
            return location;
        }

        /**
         * Where, as text.
         *
         * @return for a person to read.
         */
        public String where() {
            return location == null ? "unknown place" : location.text();
        }

        @Override
        public String toString() {
            return name + " at " + where();
        }
    }
}

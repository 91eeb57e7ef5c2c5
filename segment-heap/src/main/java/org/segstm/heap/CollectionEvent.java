package org.segstm.heap;

import java.util.Arrays;

/** What a collection did; does not change any more. */
public final class CollectionEvent {
    private final long number;
    private final Kind kind;
    private final Cause cause;
    private final String mutator;
    private final long startNanos;
    private final long[] phaseNanos;
    private final long pauseNanos;
    private final long usedBytesBefore;
    private final long usedBytesAfter;
    private final long privateBytesBefore;
    private final long privateBytesAfter;
    private final long liveBytes;
    private final long liveObjects;
    private final long returnedBytes;

    CollectionEvent(final CollectionRecord collected) {
        number = collected.number;
        kind = collected.kind;
        cause = collected.cause;
        mutator = collected.mutator;
        startNanos = collected.startNanos;
        phaseNanos = collected.phaseNanos.clone();
        pauseNanos = Arrays.stream(phaseNanos).sum();
        usedBytesBefore = collected.usedBytesBefore;
        usedBytesAfter = collected.usedBytesAfter;
        privateBytesBefore = collected.privateBytesBefore;
        privateBytesAfter = collected.privateBytesAfter;
        liveBytes = collected.liveBytes;
        liveObjects = collected.liveObjects;
        returnedBytes = collected.returnedBytes;
    }

    /**
     * Running number of the collection in its heap.
     *
     * @return from 0.
     */
    public long number() {
        return number;
    }

    /**
     * Kind of collection.
     *
     * @return its kind.
     */
    public Kind kind() {
        return kind;
    }

    /**
     * Why it took place.
     *
     * @return its cause.
     */
    public Cause cause() {
        return cause;
    }

    /**
     * The mutator that was collected for, or that noticed that it was time.
     *
     * @return its name, empty when the collection was requested from the heap.
     */
    public String mutator() {
        return mutator;
    }

    /**
     * When it began, in the time of {@link System#nanoTime()}.
     *
     * @return nanoseconds.
     */
    public long startNanos() {
        return startNanos;
    }

    /**
     * How long mutators stood still: all of them, for a minor collection only its own. Includes the time until then.
     *
     * @return nanoseconds.
     */
    public long pauseNanos() {
        return pauseNanos;
    }

    /**
     * Duration of a phase.
     *
     * @param phase of the collection.
     * @return nanoseconds, 0 for a phase that this kind does not have.
     */
    public long phaseNanos(final Phase phase) {
        return phaseNanos[phase.ordinal()];
    }

    /**
     * Memory handed out to objects before the collection: in the old space, and for minor ones in the nursery.
     *
     * @return bytes.
     */
    public long usedBytesBefore() {
        return usedBytesBefore;
    }

    /**
     * Memory handed out to objects after the collection.
     *
     * @return bytes.
     */
    public long usedBytesAfter() {
        return usedBytesAfter;
    }

    /**
     * Private copies of pages before the collection, over all segments.
     *
     * @return bytes.
     */
    public long privateBytesBefore() {
        return privateBytesBefore;
    }

    /**
     * Private copies of pages after the collection, over all segments.
     *
     * @return bytes.
     */
    public long privateBytesAfter() {
        return privateBytesAfter;
    }

    /**
     * Memory of the objects of the old space that live on; major collections only.
     *
     * @return bytes.
     */
    public long liveBytes() {
        return liveBytes;
    }

    /**
     * Objects of the old space that live on; major collections only.
     *
     * @return the number.
     */
    public long liveObjects() {
        return liveObjects;
    }

    /**
     * Free memory given back to the system; major collections only. Parts of it may have been given back before.
     *
     * @return bytes.
     */
    public long returnedBytes() {
        return returnedBytes;
    }

    @Override
    public String toString() {
        return "CollectionEvent{number=" + number + ", kind=" + kind + ", cause=" + cause + ", pauseNanos="
            + pauseNanos + ", usedBytes=" + usedBytesBefore + "->" + usedBytesAfter + ", privateBytes="
            + privateBytesBefore + "->" + privateBytesAfter + '}';
    }

    /** Kinds of collection. */
    public enum Kind {
        /** The nursery of one segment. */
        MINOR,
        /** All views share their pages again. */
        RESHARE,
        /** The old space; includes a reshare. */
        MAJOR
    }

    /** Why collections take place. */
    public enum Cause {
        /** The nursery is full. */
        NURSERY_FULL("Nursery Full"),
        /** A transaction commits. */
        COMMIT("Commit"),
        /** A segment joins those that follow the commit log. */
        ATTACH("Attach"),
        /** Private copies of pages have reached their budget. */
        PRIVATE_BUDGET("Private Budget"),
        /** Live memory has grown. */
        GROWTH("Growth"),
        /** Use has passed the soft limit. */
        SOFT_LIMIT("Soft Limit"),
        /** There was no room for an object. */
        EXHAUSTION("Exhaustion"),
        /** Somebody called for it. */
        REQUEST("Request");

        private final String title;

        Cause(final String title) {
            this.title = title;
        }

        /**
         * The cause as a log shows it.
         *
         * @return a title.
         */
        public String title() {
            return title;
        }
    }

    /** Phases of collections, in their order. */
    public enum Phase {
        /** Until all mutators stand still. */
        STOP,
        /** Evacuation of a nursery. */
        EVACUATE,
        /** Bringing the base up to date and sharing pages. */
        RESHARE,
        /** Marking. */
        MARK,
        /** Weak references, finalizers and whatever else runs between marking and sweeping. */
        HOOKS,
        /** Sweeping. */
        SWEEP,
        /** Giving memory back to the system. */
        RETURN
    }
}

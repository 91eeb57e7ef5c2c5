package org.segstm.heap.event;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;

import org.segstm.heap.util.LongMap;

/** Who committed the newest revisions, and where each object in them was written. Filled only while it is asked for. */
public final class WriterRing {
    private static final int SLOTS = 1 << 12;
    private static final int LOOKS = 50;
    private static final long PAUSE_NS = 10_000;

    private final AtomicReferenceArray<Written> slots = new AtomicReferenceArray<>(SLOTS);

    /**
     * Adds a commit.
     *
     * @param revision  of its entry.
     * @param number    of the mutator.
     * @param locations by card ref; not to be changed any more.
     */
    public void add(final long revision, final int number, final LongMap locations) {
        slots.set((int) (revision & SLOTS - 1), new Written(revision, number, locations));
    }

    /**
     * Looks a commit up. Whoever made it may still be about to add it: waits a little.
     *
     * @param revision of the entry.
     * @return the commit, or null when it is not known.
     */
    public Written find(final long revision) {
        for (int i = 0; i < LOOKS; i++) {
            final Written written = slots.get((int) (revision & SLOTS - 1));
            if (written != null && written.revision >= revision) {
                return written.revision == revision ? written : null;
            }
            LockSupport.parkNanos(PAUSE_NS);
        }
        return null;
    }

    /** What one commit wrote. */
    public static final class Written {
        private final long revision;
        private final int number;
        private final LongMap locations;

        Written(final long revision, final int number, final LongMap locations) {
            this.revision = revision;
            this.number = number;
            this.locations = locations;
        }

        /**
         * Who.
         *
         * @return number of the mutator.
         */
        public int number() {
            return number;
        }

        /**
         * Where.
         *
         * @param cardRef of an object or card.
         * @return location of its first write, 0 when unknown.
         */
        public long locationOf(final long cardRef) {
            return locations.get(cardRef);
        }
    }
}

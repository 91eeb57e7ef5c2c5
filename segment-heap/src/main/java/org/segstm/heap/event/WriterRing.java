package org.segstm.heap.event;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;

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
     * @param name      of the mutator.
     * @param locations card ref and id of the location in turn; not to be changed any more.
     */
    public void add(final long revision, final int number, final String name, final long[] locations) {
        slots.set((int) (revision & SLOTS - 1), new Written(revision, number, name, locations));
    }

    /**
     * Looks a commit up. Whoever made it may still be about to add it: waits up to a millisecond.
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
        private final String name;
        private final long[] locations;

        Written(final long revision, final int number, final String name, final long[] locations) {
            this.revision = revision;
            this.number = number;
            this.name = name;
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
         * Who.
         *
         * @return name of the mutator.
         */
        public String name() {
            return name;
        }

        /**
         * Where.
         *
         * @param cardRef of an object or card.
         * @return id of the location of its first write, 0 when unknown.
         */
        public long locationOf(final long cardRef) {
            for (int i = 0; i < locations.length; i += 2) {
                if (locations[i] == cardRef) {
                    return locations[i + 1];
                }
            }
            return 0;
        }
    }
}

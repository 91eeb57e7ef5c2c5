package org.segstm.heap.event;

import java.util.concurrent.ConcurrentHashMap;

/**
 * Who has written the entries of the commit log, and where in the program each object in them was written. Filled only
 * when conflicts are reported, before an entry is published, and asked while it is still needed: so its address tells
 * it apart from all others.
 */
public final class EntryWriters {
    private static final int MOST = 1 << 16;

    private final ConcurrentHashMap<Long, Written> byEntry = new ConcurrentHashMap<>();

    /**
     * Adds an entry, in place of an older one at the same address.
     *
     * @param entry     its address.
     * @param number    of the mutator.
     * @param name      of the mutator.
     * @param locations card ref and id of the location in turn; not to be changed any more.
     */
    public void add(final long entry, final int number, final String name, final long[] locations) {
        if (byEntry.size() >= MOST) {
            byEntry.clear();
        }
        byEntry.put(entry, new Written(number, name, locations));
    }

    /**
     * Looks an entry up.
     *
     * @param entry address; it is in the log.
     * @return what it holds, null when the log has become so long that this is not known any more.
     */
    public Written find(final long entry) {
        return byEntry.get(entry);
    }

    /** What one entry holds. */
    public static final class Written {
        private final int number;
        private final String name;
        private final long[] locations;

        Written(final int number, final String name, final long[] locations) {
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

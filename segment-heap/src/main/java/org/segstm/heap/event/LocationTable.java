package org.segstm.heap.event;

import org.segstm.heap.spi.RootSource;
import org.segstm.heap.spi.RootVisitor;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/** The locations of one heap, whose objects live as long as it does. Thread safe. */
public final class LocationTable implements RootSource {
    private final ConcurrentHashMap<Key, Location> byKey = new ConcurrentHashMap<>();
    private final List<Location> byId = new ArrayList<>();
    private final LocationText expander;

    /**
     * Makes an empty table.
     *
     * @param expander of the VM.
     */
    public LocationTable(final LocationText expander) {
        this.expander = expander;
    }

    /**
     * The location of a number and a ref.
     *
     * @param number that the VM has given it.
     * @param ref    that came with it.
     * @return the same for the same.
     */
    public Location of(final long number, final long ref) {
        return byKey.computeIfAbsent(new Key(number, ref), this::add);
    }

    private Location add(final Key key) {
        synchronized (byId) {
            final Location location = new Location(byId.size() + 1, key.number, key.ref, expander);
            byId.add(location);
            return location;
        }
    }

    /**
     * The location of an id.
     *
     * @param id 0 for none.
     * @return null for none.
     */
    public Location byId(final long id) {
        synchronized (byId) {
            return id == 0 ? null : byId.get((int) id - 1);
        }
    }

    @Override
    public void visitRoots(final RootVisitor visitor) {
        synchronized (byId) {
            byId.forEach(location -> visitor.visit(location.ref()));
        }
    }

    /** Number and ref. */
    private static final class Key {
        private final long number;
        private final long ref;

        Key(final long number, final long ref) {
            this.number = number;
            this.ref = ref;
        }

        @Override
        public boolean equals(final Object other) {
            return other instanceof Key && ((Key) other).number == number && ((Key) other).ref == ref;
        }

        @Override
        public int hashCode() {
            return Objects.hash(number, ref);
        }
    }
}

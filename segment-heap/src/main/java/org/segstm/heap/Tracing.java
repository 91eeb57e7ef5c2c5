package org.segstm.heap;

import org.segstm.heap.event.LocationTable;
import org.segstm.heap.event.LocationText;
import org.segstm.heap.event.EntryWriters;

/** What the tracing mutators of one heap share. */
final class Tracing {
    private final LocationTable locations;
    private final EntryWriters writers = new EntryWriters();

    Tracing(final LocationText expander) {
        locations = new LocationTable(expander);
    }

    LocationTable locations() {
        return locations;
    }

    EntryWriters writers() {
        return writers;
    }
}

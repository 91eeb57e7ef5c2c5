package org.segstm.heap;

import org.segstm.heap.event.LocationTable;
import org.segstm.heap.event.LocationText;
import org.segstm.heap.event.WriterRing;

/** What the tracing mutators of one heap share. */
final class Tracing {
    private final LocationTable locations;
    private final WriterRing writers = new WriterRing();

    Tracing(final LocationText expander) {
        locations = new LocationTable(expander);
    }

    LocationTable locations() {
        return locations;
    }

    WriterRing writers() {
        return writers;
    }
}

package org.segstm.bench.compare.peer.segstm;

import org.segstm.bench.compare.peer.Session;
import org.segstm.bench.compare.peer.Store;
import org.segstm.bench.compare.peer.StoreShape;

/** Cells and map on our heap. The refs of cells lie in a Java array, as the other parties' references do. */
public final class SegmentStore implements Store {
    private final long[] cells;
    private final OpenTable map;

    /**
     * Sets the objects up in the one heap of this JVM.
     *
     * @param shape to begin with.
     */
    public SegmentStore(final StoreShape shape) {
        cells = CompareHeap.newCells(shape);
        map = shape.keys() == 0 ? null : CompareHeap.newMap(shape);
    }

    @Override
    public Session newSession(final String name) {
        return new SegmentSession(CompareHeap.HEAP.attachMutator(name), cells, map);
    }

    @Override
    public String settings() {
        return CompareHeap.HEAP.context().toString();
    }
}

package org.segstm.bench.compare.peer.segstm;

import org.segstm.bench.compare.peer.Session;
import org.segstm.bench.compare.peer.Store;
import org.segstm.bench.compare.peer.StoreShape;

/** Cells and map on our heap. The refs of cells lie in a Java array, as the other parties' references do. */
public final class SegmentStore implements Store {
    private final long[] cells;
    private final long table;
    private final int buckets;

    /**
     * Sets the objects up in the one heap of this JVM.
     *
     * @param shape to begin with.
     */
    public SegmentStore(final StoreShape shape) {
        cells = CompareHeap.newCells(shape);
        buckets = shape.buckets();
        table = buckets == 0 ? 0 : CompareHeap.newMap(shape);
    }

    @Override
    public Session newSession(final String name) {
        return new SegmentSession(CompareHeap.HEAP.attachMutator(name), cells, table, buckets);
    }

    @Override
    public String settings() {
        return CompareHeap.HEAP.context().toString();
    }
}

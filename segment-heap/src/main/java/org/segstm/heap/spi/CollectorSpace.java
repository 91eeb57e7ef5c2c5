package org.segstm.heap.spi;

import org.segstm.heap.HeapContext;
import org.segstm.heap.layout.LayoutTable;
import org.segstm.heap.segment.SegmentMap;

/** What a collector is given of its heap. */
public final class CollectorSpace {
    private final HeapContext context;
    private final SegmentMap map;
    private final LayoutTable layouts;
    private final long baseAddress;

    /**
     * Describes a heap.
     *
     * @param context     its configuration.
     * @param map         where things lie in a segment.
     * @param layouts     its layouts.
     * @param baseAddress address of segment 0.
     */
    public CollectorSpace(
        final HeapContext context, final SegmentMap map, final LayoutTable layouts, final long baseAddress) {
        this.context = context;
        this.map = map;
        this.layouts = layouts;
        this.baseAddress = baseAddress;
    }

    /**
     * Configuration of the heap.
     *
     * @return concluded context.
     */
    public HeapContext context() {
        return context;
    }

    /**
     * Map of a segment.
     *
     * @return the map.
     */
    public SegmentMap map() {
        return map;
    }

    /**
     * Layouts of the heap.
     *
     * @return the table.
     */
    public LayoutTable layouts() {
        return layouts;
    }

    /**
     * Address of segment 0, whose old space is the base that all views share.
     *
     * @return absolute address.
     */
    public long baseAddress() {
        return baseAddress;
    }
}

package org.segstm.heap.spi;

import org.segstm.heap.HeapContext;
import org.segstm.heap.layout.LayoutTable;
import org.segstm.heap.segment.SegmentMap;
import org.segstm.heap.world.Pressure;

/** What a collector is given of its heap. */
public final class CollectorSpace {
    private final HeapContext context;
    private final SegmentMap map;
    private final LayoutTable layouts;
    private final long baseAddress;
    private final MemoryReturn memoryReturn;
    private final Pressure pressure;
    private final ObjectTables tables = new ObjectTables();

    /**
     * Describes a heap.
     *
     * @param context      its configuration.
     * @param map          where things lie in a segment.
     * @param layouts      its layouts.
     * @param baseAddress  address of segment 0.
     * @param memoryReturn gives memory of the base back to the system.
     * @param pressure     limits of the heap.
     */
    public CollectorSpace(
        final HeapContext context, final SegmentMap map, final LayoutTable layouts, final long baseAddress,
        final MemoryReturn memoryReturn, final Pressure pressure) {
        this.context = context;
        this.map = map;
        this.layouts = layouts;
        this.baseAddress = baseAddress;
        this.memoryReturn = memoryReturn;
        this.pressure = pressure;
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
     * What is known of single objects beside their memory.
     *
     * @return the tables of the heap.
     */
    public ObjectTables tables() {
        return tables;
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

    /**
     * Gives memory of the base back to the system; it reads zero from then on. No object lies there.
     *
     * @param ref   first byte, a multiple of the system's page.
     * @param bytes length of the range, likewise.
     * @throws org.segstm.bridge.NativeCallException when the system refuses.
     */
    public void returnMemory(final long ref, final long bytes) {
        memoryReturn.returnMemory(ref, bytes);
    }

    /**
     * What is told when more memory is in use, as it may be time to collect, and when there is none left.
     *
     * @return the limits of the heap.
     */
    public Pressure pressure() {
        return pressure;
    }

    /** How memory of the base goes back to the system. */
    @FunctionalInterface
    public interface MemoryReturn {
        /**
         * Gives a range back.
         *
         * @param ref   first byte, a multiple of the system's page.
         * @param bytes length of the range, likewise.
         */
        void returnMemory(long ref, long bytes);
    }
}

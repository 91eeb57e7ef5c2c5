package org.segstm.heap.spi;

/** Makes collectors; found by {@link java.util.ServiceLoader} when a heap is opened. */
public interface CollectorProvider {
    /**
     * Makes the collector of a heap.
     *
     * @param space the heap's old space and its layouts.
     * @return the collector.
     */
    Collector create(CollectorSpace space);
}

package org.segstm.gc;

import org.segstm.heap.spi.Collector;
import org.segstm.heap.spi.CollectorProvider;
import org.segstm.heap.spi.CollectorSpace;

/** Gives a heap its {@link GenerationalCollector}. */
public final class GenerationalCollectorProvider implements CollectorProvider {
    @Override
    public Collector create(final CollectorSpace space) {
        return new GenerationalCollector(space);
    }
}

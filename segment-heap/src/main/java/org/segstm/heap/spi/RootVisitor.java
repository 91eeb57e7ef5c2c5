package org.segstm.heap.spi;

/** Is shown roots. */
@FunctionalInterface
public interface RootVisitor {
    /**
     * Called for a root.
     *
     * @param value ref, null or immediate.
     */
    void visit(long value);
}

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

    /**
     * Called for a root that its owner may be changing at this moment: what was read may be out of date, and is then no
     * object any more.
     *
     * @param value ref, null, immediate, or a ref that was dropped.
     */
    default void visitUnsettled(final long value) {
        visit(value);
    }
}

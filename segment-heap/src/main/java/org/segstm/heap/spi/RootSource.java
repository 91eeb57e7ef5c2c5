package org.segstm.heap.spi;

/**
 * Roots that a VM keeps outside of mutators and objects: constants in compiled code, tables of its own. Old objects
 * never move, so a source is asked at major collections only. In no-STM mode a committed object may still be young: a
 * source holds what has survived a minor collection.
 */
@FunctionalInterface
public interface RootSource {
    /**
     * Shows all roots. Called while all mutators stand still; must not use the heap.
     *
     * @param visitor to call for each.
     */
    void visitRoots(RootVisitor visitor);
}

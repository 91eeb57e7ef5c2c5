package org.segstm.heap.spi;

/**
 * Roots that a VM keeps outside of mutators and objects: constants in compiled code, tables of its own, per thread or
 * for all. A source is asked at major collections only and is never told of a move. So the rule is: it holds refs of
 * committed objects, which never move.
 *
 * <ul>
 *  <li>What a transaction has allocated comes in when that has committed, as by {@code Mutator.onCommit}, from a shadow
 *      stack or global root that holds it until then: after an abort the ref would dangle, and before the commit the
 *      object may move.
 *  <li>Preexisting and prebuilt objects may come in at once.
 *  <li>In no-STM mode a committed object may still be young: it comes in after a minor collection
 *      ({@code Mutator.collectNursery}).
 *  <li>Roots that hold young objects belong on the mutator's shadow stack, where they are updated.
 * </ul>
 *
 * <p>Checked mode refuses the collection when a source shows a young object, or no object.
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

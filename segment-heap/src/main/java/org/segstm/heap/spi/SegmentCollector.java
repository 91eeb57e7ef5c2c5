package org.segstm.heap.spi;

import org.segstm.heap.finalization.Registrations;
import org.segstm.heap.layout.ObjectLayout;
import org.segstm.heap.segment.ShadowStack;

/**
 * Minor collection and allocation outside the nursery for one segment. Driven by the segment's mutator, or by another
 * thread while that stands still; never by two threads at once.
 */
public interface SegmentCollector {
    /**
     * Evacuates the nursery: copies what is reachable from the roots, the segment's remembered slices and what it
     * promotes on the way to the old space, and decides about young objects outside the nursery. Survivors are
     * appended to the segment's fresh objects. Ends by re-arming the remembered slices. The caller resets the nursery.
     *
     * @param roots      shadow stacks to scan above their watermark, and to update.
     * @param rootStacks how many of them.
     * @param committing true when the transaction is about to commit: survivors are made as committed objects.
     * @throws org.segstm.heap.OutOfHeapException when there is no room for survivors. In no-STM mode and in an
     *                                            inevitable transaction all is as before the call; else the transaction
     *                                            must be rolled back, which {@link #discardTransaction()} is part of.
     */
    void collectMinor(ShadowStack[] roots, int rootStacks, boolean committing);

    /**
     * Allocates a young object outside the nursery: large ones, and any when the nursery is full. Zero-filled, header
     * and length set, appended to the segment's list of such objects. Moves nothing.
     *
     * @param layout of the object.
     * @param length of its variable part in elements.
     * @param bytes  its size.
     * @return its ref.
     * @throws org.segstm.heap.OutOfHeapException when there is no room.
     */
    long allocateOutside(ObjectLayout layout, long length, long bytes);

    /**
     * The place that a nursery object will have in the old space. Reserved when it is asked for, free again when the
     * object dies.
     *
     * @param nurseryRef of the object.
     * @return its ref once it is promoted.
     * @throws org.segstm.heap.OutOfHeapException when there is no room.
     */
    long identityOf(long nurseryRef);

    /**
     * An object whose layout has a destructor was allocated.
     *
     * @param ref of the young object.
     */
    void destructibleAllocated(long ref);

    /**
     * Makes an object that all views see at once, and that an abort of the running transaction does not take back. Not
     * in no-STM mode.
     *
     * @param templateRef young object whose content it starts with.
     * @param stopped     true when all mutators stand still.
     * @return its ref, or 0 when all mutators have to stand still for it.
     * @throws IllegalArgumentException                when the template is not young, or refers to objects.
     * @throws org.segstm.heap.OutOfHeapException when there is no room.
     */
    long allocatePreexisting(long templateRef, boolean stopped);

    /**
     * The running transaction registers finalizers.
     *
     * @param registrations to which it adds them; to be looked after until it ends.
     */
    void finalizersRegistered(Registrations registrations);

    /** Frees all that the running transaction promoted or allocated outside the nursery. */
    void discardTransaction();

    /** A savepoint is made; there is no young object. */
    void savepoint();

    /** The newest savepoint is forgotten. */
    void mergeSavepoint();

    /**
     * The transaction is about to return to its newest savepoint. Destructors run now, as they see an object as it was
     * last.
     */
    void destroySinceSavepoint();

    /**
     * Frees all that was promoted or allocated since the newest savepoint, and forgets that.
     *
     * @param freshCount how many of the segment's fresh objects remain.
     */
    void rollbackToSavepoint(int freshCount);

    /** The transaction has committed: its fresh objects are old now. Called before the segment forgets them. */
    void transactionCommitted();
}

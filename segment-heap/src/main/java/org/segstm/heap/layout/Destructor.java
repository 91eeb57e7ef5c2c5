package org.segstm.heap.layout;

/**
 * What a VM does when an object of a layout dies: gives back memory, handles, counts outside of the heap. Light, as the
 * object cannot come back: nothing is kept alive for it, and it is not asked in which order objects die.
 *
 * <p>Called exactly once for each object: in the minor collection in which it dies, when the transaction that made it
 * aborts, or in the major collection that frees it. Not called for objects that are alive when the heap is closed. An
 * object that has finalizers too dies after they have run.
 *
 * <p>Runs inside of collections and roll-backs, mostly on the thread of some mutator, while others may stand still for
 * it: it must be short, must not wait, and must not use mutators or the heap. What it throws is given to its thread's
 * uncaught exception handler; the collection goes on.
 */
@FunctionalInterface
public interface Destructor {
    /**
     * An object dies.
     *
     * @param object its fields, readable during this call only.
     */
    void destroy(DyingObject object);
}

/**
 * Finalizers and finalizer queues. The rules, compared with those of {@code java.lang.ref}:
 *
 * <ul>
 *  <li>A finalizer is registered for an object, in a transaction; when that aborts, the registration vanishes. An
 *      object may have several; each runs once.
 *  <li>When a collection finds that an object with a finalizer cannot be reached any more, weak references to it become
 *      null first, then the object is kept, with all it refers to, until its finalizer has run. A finalizer may make it
 *      reachable again. Its destructor, if it has one, runs when it is found unreachable once more.
 *  <li>Outermost first: while an object with a finalizer can be reached from another unreachable object with a
 *      finalizer, it waits for a later collection; so finalizers see objects whose own finalizers have not run. Where
 *      such objects refer to one another in a cycle, the one that was registered first goes first.
 *  <li>Unreachable objects are found by major collections; those that die in the very transaction that registered them,
 *      when it commits (in no-STM mode they wait for a major collection too).
 *  <li>A {@link org.segstm.heap.finalization.Finalizer} runs in a transaction of its own, on the thread of some mutator
 *      that has just committed, or that calls {@link org.segstm.heap.Mutator#runFinalizers()}. A
 *      {@link org.segstm.heap.finalization.FinalizerQueue} leaves that to the VM: the objects are taken from it by
 *      transactions, which need not be inevitable; what an aborted one has taken is there again.
 *  <li>Nothing runs for objects that are alive when the heap is closed.
 * </ul>
 *
 * <p>The order costs Java memory in proportion to the unreachable objects that finalizable ones refer to, while the
 * collection runs.
 */
package org.segstm.heap.finalization;

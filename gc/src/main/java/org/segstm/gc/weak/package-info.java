/**
 * Weak references in major collections. The rules are those of {@code java.lang.ref}:
 *
 * <ul>
 *  <li>A field of type {@link org.segstm.heap.layout.FieldType#WEAK} keeps nothing alive. It becomes null when its
 *      object cannot be reached from the roots through strong refs, in the newest committed state or in what a running
 *      transaction sees.
 *  <li>All weak refs to an object become null at once, in all views: in the base, in private copies, and in what an
 *      abort would bring back. None of them ever refers to the object again. No transaction conflicts with that: a
 *      transaction which reads a weak ref twice with a safepoint between may see it become null.
 *  <li>They become null before finalizers run, also for objects which a finalizable object refers to and nobody else.
 *      From then on what waits for its finalizer counts as a root: an object that it refers to, and that others let go
 *      only meanwhile, keeps its weak refs until the finalizer has run. Weak refs in objects that live on for a
 *      finalizer only are decided after it is known what lives on.
 *  <li>Weak refs in objects that die themselves are not looked at.
 *  <li>Weak refs to young objects become null in the minor collection in which those die; an abort forgets them with
 *      all else that the transaction did.
 * </ul>
 */
package org.segstm.gc.weak;

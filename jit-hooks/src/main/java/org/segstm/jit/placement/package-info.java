/**
 * Where barriers go in code that a VM compiles. The VM shows its own intermediate code through
 * {@link org.segstm.jit.placement.CodeView}; {@link org.segstm.jit.placement.BarrierPlacer} says what to execute where,
 * {@link org.segstm.jit.placement.PlacementVerifier} proves that it is enough, and
 * {@link org.segstm.jit.placement.PlacementPrinter} shows why each barrier is there.
 *
 * <p>The method is lazy code motion (Knoop, Rüthing and Steffen 1992, in the edge form of Drechsler and Stadel 1993):
 * a barrier is an expression whose value, the knowledge that it was executed, is available until something ends it.
 * Three rounds, each of which the next one sees: becoming inevitable, write barriers, read barriers. A poll is two
 * paths, and only the slow one ends knowledge; so what a loop needs is placed before it, and again on the slow path of
 * its poll.
 */
package org.segstm.jit.placement;

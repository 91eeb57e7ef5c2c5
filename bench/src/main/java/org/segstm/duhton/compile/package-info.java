/**
 * The compiler: functions and loops of a program that are hot become static methods of hidden classes.
 *
 * <p><b>Steps.</b> {@link org.segstm.duhton.compile.SlotTypes} finds variables that hold values of one kind;
 * {@link org.segstm.duhton.compile.Lowering} makes {@linkplain org.segstm.duhton.compile.ir intermediate code} of the
 * text; {@link org.segstm.jit.placement.BarrierPlacer} says where barriers go in it;
 * {@link org.segstm.duhton.compile.CodeEmitter} emits it with what {@link org.segstm.jit.emit.HeapCode} inlines.
 *
 * <p><b>Frames.</b> Variables live in variables of the JVM, ints without their tag. Refs that are needed behind a
 * safepoint or a call are on the shadow stack meanwhile. Where interpreted code may look at variables, a frame is made
 * for it, and read back. A loop that the program wants to be committed in pieces goes on in the interpreter: a rollback
 * restores the shadow stack, not variables of the JVM.
 *
 * <p><b>Calls</b> pass their arguments as those of the JVM. Functions are data of the program: a definition is seen by
 * the transaction that made it, by others once it has committed, and by nobody when it is rolled back. A compiled call
 * therefore compares the function that it finds in its own view of the heap with the one it was compiled for. The
 * method behind the latter follows compilation and deoptimization by itself. Behind a call the code asks whether that
 * has ended the transaction: only then what it knew of barriers is repaired.
 *
 * <p><b>What is not compiled</b>, a part of a function at a time, is executed by its node.
 */
package org.segstm.duhton.compile;

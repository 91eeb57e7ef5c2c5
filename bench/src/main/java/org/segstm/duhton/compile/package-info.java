/**
 * The compiler: functions and loops of a program that are hot become static methods of hidden classes.
 *
 * <p><b>Frames</b> stay on the shadow stack as the interpreter has them, so that compiled and interpreted code call one
 * another, go on in each other's place, and are rolled back alike. A variable that only ever holds ints lives in an int
 * variable of the JVM ({@link org.segstm.duhton.compile.SlotTypes}); it goes back to its place in the frame where
 * interpreted code may look at it. All other variables, and refs that have to survive a safepoint, are on the shadow
 * stack at all times.
 *
 * <p><b>Redefinition.</b> Functions are data of the program: a definition is seen by the transaction that made it, by
 * others once it has committed, and by nobody when it is rolled back. A compiled call therefore compares the function
 * that it finds in its own view of the heap with the one it was compiled for. The method behind the latter follows
 * compilation and deoptimization by itself.
 *
 * <p><b>What is not compiled</b>, a part of a function at a time, is executed by its node.
 */
package org.segstm.duhton.compile;

/**
 * Compilation while everybody goes on running: {@link org.segstm.jit.compile.CodeUnit} is a piece of the program that
 * is interpreted until it is hot, {@link org.segstm.jit.compile.CompileQueue} has the threads that compile it, and
 * {@link org.segstm.jit.compile.Assumption} is what compiled code relies on until it is not true any more. A unit is
 * switched by the target of a call site; nobody waits for anybody, and nothing of this is in the transactional world.
 */
package org.segstm.jit.compile;

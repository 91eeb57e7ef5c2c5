/**
 * Bytecode with barriers inline. {@link org.segstm.jit.emit.GeneratedClass} collects methods and their constants and
 * becomes a hidden class; {@link org.segstm.jit.emit.HeapCode} emits into a method what
 * {@link org.segstm.jit.Barriers}, {@link org.segstm.jit.NurseryAccess} and {@link org.segstm.jit.RawAccess} specify:
 * few instructions where the code runs, and all slow paths at the end of the method.
 */
package org.segstm.jit.emit;

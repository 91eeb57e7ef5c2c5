/**
 * Intermediate code of the compiler: blocks of instructions on typed values, as many as wanted, which may be assigned
 * to more than once. {@link org.segstm.duhton.compile.ir.Code} is what barrier placement sees: nothing is copied.
 */
package org.segstm.duhton.compile.ir;

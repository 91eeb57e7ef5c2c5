/**
 * What a compiler of a language VM needs. Here: the fast paths of barriers, allocation and safepoint poll, as static
 * methods over plain longs. They are what generated code does inline, written in Java: call them from an interpreter's
 * or a compiler's Java code where base, version and control address are in locals, or read them as the specification
 * of the instructions that {@link org.segstm.jit.emit.HeapCode} emits. Packages below: barrier placement, emission,
 * call sites, constants in code, profiles, background compilation; the module's README is the guide.
 *
 * <p>Base, version and control address come from the mutator at the begin of a transaction and are good until its end;
 * what is only true for one heap is in {@link org.segstm.jit.HeapConstants}. Slow paths are the mutator's.
 */
package org.segstm.jit;

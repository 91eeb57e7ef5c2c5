/**
 * Heap operations as method handles and call sites. {@link org.segstm.jit.link.HeapLinker} has the handles, for
 * interpreters that generate nothing; {@link org.segstm.jit.link.HeapBootstraps} links {@code invokedynamic} of
 * generated code to them; {@link org.segstm.jit.link.DispatchSite} is a call site that learns the layouts it meets.
 */
package org.segstm.jit.link;

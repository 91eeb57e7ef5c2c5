/**
 * Destructors: which objects have one, and when they are called. The rules are those of
 * {@link org.segstm.heap.layout.Destructor}.
 */
package org.segstm.gc.destruction;

/** Segments: where things lie in a view of the heap, its control page, read markers and nursery. */
package org.segstm.heap.segment;

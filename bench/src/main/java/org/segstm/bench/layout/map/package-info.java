/** The map of a heap that stands still for a moment: what each segment shares, has privately and has touched. */
package org.segstm.bench.layout.map;

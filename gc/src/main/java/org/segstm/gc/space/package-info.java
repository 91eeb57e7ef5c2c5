/** The old space: page runs, blocks of equal slots, large objects, and which objects exist. */
package org.segstm.gc.space;

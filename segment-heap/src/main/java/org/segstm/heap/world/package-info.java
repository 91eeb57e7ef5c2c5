/** What concerns all segments at once: stopping them, handing them out, resharing, memory pressure. */
package org.segstm.heap.world;

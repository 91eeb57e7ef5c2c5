/** What concerns all segments at once: stopping them, handing them out, resharing, the inevitable token. */
package org.segstm.heap.world;

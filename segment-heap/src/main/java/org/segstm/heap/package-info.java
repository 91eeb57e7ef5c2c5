/** The segmented heap: mutators, barriers and transactions over one memory seen through many views. */
package org.segstm.heap;

/** Small primitive collections and unit parsing used by the heap and its collector. */
package org.segstm.heap.util;

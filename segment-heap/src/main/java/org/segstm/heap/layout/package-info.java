/** How objects look: the header word, layouts registered per heap, and their fields. */
package org.segstm.heap.layout;

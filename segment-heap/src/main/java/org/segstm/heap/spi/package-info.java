/** What a collector implements to serve a segment heap. */
package org.segstm.heap.spi;

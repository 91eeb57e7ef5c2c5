/** Transactions of one segment: write set with undo, write barrier slow paths, import, commit, abort. */
package org.segstm.heap.tx;

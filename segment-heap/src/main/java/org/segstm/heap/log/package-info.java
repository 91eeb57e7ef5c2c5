/** The commit log: totally ordered, immutable redo records of what update transactions wrote. */
package org.segstm.heap.log;

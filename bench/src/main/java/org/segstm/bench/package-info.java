/** Benchmarks of the heap, the transactions and the collectors, and the runnable jar's entry. */
package org.segstm.bench;

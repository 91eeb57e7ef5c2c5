/**
 * SegSTM beside other ways to share memory between threads: {@link org.segstm.bench.compare.peer} has the parties,
 * {@link org.segstm.bench.compare.workload} what they run, {@link org.segstm.bench.compare.run} the measuring JVM.
 */
package org.segstm.bench.compare;

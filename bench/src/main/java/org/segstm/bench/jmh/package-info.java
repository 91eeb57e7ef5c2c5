/**
 * JMH benchmarks of what transactions are made of, each beside its physical limit: methods whose names begin with
 * {@code raw} do the same on bare memory, those with {@code java} on Java objects. All others are ours.
 *
 * <p>Run by {@link org.segstm.bench.jmh.JmhMain}, which hands the flags of SegSTM to the forked JVMs. Those of ours
 * that run transactions must allocate nothing on the Java heap; with {@code -prof gc} it looks at that.
 */
package org.segstm.bench.jmh;

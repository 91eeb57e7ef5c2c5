/**
 * A circuit router over shared memory (Lee, An algorithm for path connections and its applications, 1961; as a
 * benchmark: Ansari et al., Lee-TM, 2008): boards, waves, and the check of what was laid. {@code grid} has the memories
 * that are compared, {@code run} the measuring JVM.
 */
package org.segstm.bench.lee;

/** How many transactions a second: the tests, the threads that run them, and the JVM in which they are measured. */
package org.segstm.bench.throughput;

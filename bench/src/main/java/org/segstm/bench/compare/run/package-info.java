/** The JVM in which one party is measured at one workload: rounds when it is asked for them, checks in the end. */
package org.segstm.bench.compare.run;

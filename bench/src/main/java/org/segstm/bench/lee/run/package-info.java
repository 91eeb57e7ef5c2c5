/** The JVM in which one memory is measured on one board: lays it when it is asked to, and checks each time. */
package org.segstm.bench.lee.run;

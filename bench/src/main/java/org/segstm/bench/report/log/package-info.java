/** Reads event logs, byte by byte and without trust. */
package org.segstm.bench.report.log;

/** What an event log says: where each thread's time went, and which conflicts cost how much. */
package org.segstm.bench.report;

/** What threads do: short and long reads, a bank, a map, large writes, a scan beside a writer. Each checks itself. */
package org.segstm.bench.compare.workload;

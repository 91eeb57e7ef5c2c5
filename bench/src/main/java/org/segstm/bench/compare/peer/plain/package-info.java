/** Plain Java arrays without any synchronization, on one thread: the physical limit of each workload. */
package org.segstm.bench.compare.peer.plain;

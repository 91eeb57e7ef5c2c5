/** What threads do to a heap while their histories are recorded: cells of many shapes, scenarios made from a seed. */
package org.segstm.bench.isolation.workload;

/** SegSTM through its public API: an object of 16 bytes for each cell, a hash map of nodes. */
package org.segstm.bench.compare.peer.segstm;

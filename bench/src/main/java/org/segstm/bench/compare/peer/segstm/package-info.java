/** SegSTM through its public API: an object of 16 bytes for each cell, an array with cards for the map. */
package org.segstm.bench.compare.peer.segstm;

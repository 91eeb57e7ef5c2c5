/** Multiverse (gamma): a {@code TxnLong} for each cell, a {@code TxnRef} for each bucket of a map. */
package org.segstm.bench.compare.peer.multiverse;

/** Plain data behind locks: one for all, or one for each cell and bucket, taken in the order of their numbers. */
package org.segstm.bench.compare.peer.lock;

/**
 * Transactions of one segment: write set with undo, write barrier slow paths, import, commit, abort; who goes first.
 *
 * <p>While an inevitable transaction keeps the log closed, updates that miss its reads are admitted in front of it
 * ({@link org.segstm.heap.tx.InevitableToken} tells who it is). An entry is put into the log on behalf of its sleeping
 * committer, by the inevitable transaction at a safepoint or, while that one stands still, by whoever waits for it. A
 * commit waits for one inevitable transaction at most: when that one ends, it decides on all that wait. A transaction
 * that loses again and again gets {@linkplain org.segstm.heap.tx.Precedence precedence}, then becomes inevitable.
 */
package org.segstm.heap.tx;

/**
 * Calls as transactions: queueing them, running them on worker threads until none is left, and letting what they print
 * out in the order in which they commit.
 */
package org.segstm.duhton.transaction;

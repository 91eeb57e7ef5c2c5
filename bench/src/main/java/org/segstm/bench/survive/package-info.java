/** Allocation of objects that survive, on our heap and on Java's own: {@code segstm survive}. */
package org.segstm.bench.survive;

/** The memories that a board can be laid in: this heap, ScalaSTM, and a plain array for one thread. */
package org.segstm.bench.lee.grid;

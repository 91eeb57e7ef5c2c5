/** The tables that STMGC's and its users' authors published, measured again on this heap. */
package org.segstm.bench.seeds;

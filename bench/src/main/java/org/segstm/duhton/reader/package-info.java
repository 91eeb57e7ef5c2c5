/** From program text to data: tokens, C integers, nested lists with their source lines. */
package org.segstm.duhton.reader;

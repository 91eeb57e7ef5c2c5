/** Duhton, a small Lisp whose threads are transactions: the sample language VM. */
package org.segstm.duhton;

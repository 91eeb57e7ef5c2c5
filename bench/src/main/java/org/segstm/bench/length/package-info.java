/** What length control is worth: fine-grained programs without it, with it, and tuned by hand. */
package org.segstm.bench.length;

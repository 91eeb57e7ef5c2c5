/** The built-in forms: a table of them, and their nodes, one family per file. */
package org.segstm.duhton.builtin;

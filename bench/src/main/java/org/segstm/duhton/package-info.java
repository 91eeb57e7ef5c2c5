/**
 * Duhton, a small Lisp whose threads are transactions: the sample language VM.
 *
 * <p>From text to result: {@code reader} makes data of it, {@code interp} analyses the data into a tree of nodes that
 * execute themselves, {@code builtin} holds the nodes of the built-in forms, {@code value} says how values look in the
 * heap, {@code compile} makes bytecode of what is hot, {@code transaction} queues and runs the calls that are
 * transactions, {@code cli} is the command.
 */
package org.segstm.duhton;

/**
 * The interpreter: program text analysed into a tree of nodes that execute themselves.
 *
 * <p><b>Refs and safepoints.</b> Objects move at safepoints only, and the only nodes that pass one are calls (at the
 * function's entry), loops (at each turn), {@code run-transactions} and {@code sleepms}; a node that contains one of
 * these says so in {@link org.segstm.duhton.interp.Node#reachesSafepoint()}. The rule: a ref that has to survive the
 * evaluation of another expression is pushed onto the shadow stack before and taken from there afterwards, unless that
 * expression reaches no safepoint or the value is no object. What {@code execute} returns has not been pushed; it is
 * valid until the next safepoint. Refs of symbols, quoted data and other committed objects never move.
 *
 * <p><b>Frames.</b> A function can only bind names that its text binds: its parameters, the targets of its
 * {@code setq}s and its own {@code defun}s. They are numbered beforehand and live on the shadow stack, which makes them
 * roots and lets the heap restore them when a transaction aborts. There are no closures, so a frame dies with its call.
 *
 * <p><b>Transactions</b> begin and end outside of the evaluation, except that a loop goes on in a new one after a turn
 * in which the program asked for a commit, see {@link org.segstm.duhton.interp.Pieces}.
 *
 * <p><b>Locations</b> of the text are data of {@link org.segstm.duhton.interp.LocatedNode}s around expressions that
 * access the heap; there are none unless somebody wants to know where conflicts come from.
 *
 * <p><b>Exceptions</b> end the evaluation as a whole: whoever began the transaction rolls back the shadow stack, and
 * nodes clean up nothing.
 */
package org.segstm.duhton.interp;

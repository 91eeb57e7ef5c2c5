package org.segstm.duhton.interp;

import org.segstm.duhton.value.Values;

/**
 * An expression that executes itself. Nodes are shared by all threads and hold no state of an execution; see the
 * package description for what may be held across {@link #execute}.
 */
public abstract class Node {
    private final int line;

    /**
     * Makes a node.
     *
     * @param line of the source.
     */
    protected Node(final int line) {
        this.line = line;
    }

    /**
     * Line of the source, for errors.
     *
     * @return line number, from 1.
     */
    public final int line() {
        return line;
    }

    /**
     * Evaluates the expression.
     *
     * @param thread that evaluates, in a transaction.
     * @param frame  index of the running function's first variable on the shadow stack.
     * @return the value; when it is a ref, it is valid until the next safepoint.
     */
    public abstract long execute(DuhtonThread thread, int frame);

    /**
     * Evaluates an expression that has to give an int.
     *
     * @param thread that evaluates, in a transaction.
     * @param frame  index of the running function's first variable on the shadow stack.
     * @return the int.
     */
    public int executeInt(final DuhtonThread thread, final int frame) {
        return toInt(execute(thread, frame), thread);
    }

    /**
     * Evaluates a condition.
     *
     * @param thread that evaluates, in a transaction.
     * @param frame  index of the running function's first variable on the shadow stack.
     * @return does the value count as true?
     */
    public boolean executeTruth(final DuhtonThread thread, final int frame) {
        return thread.isTrue(execute(thread, frame));
    }

    /**
     * May an evaluation pass a safepoint? If not, callers can keep refs in Java variables meanwhile.
     *
     * @return false only when it never does.
     */
    public boolean reachesSafepoint() {
        return true;
    }

    /**
     * What a compiler has to know. By default nothing: the node is executed, and what it may read or bind is kept where
     * it finds it.
     *
     * @return kind and parts of the node.
     */
    public Outline outline() {
        return new Outline(Outline.Kind.UNKNOWN, 0);
    }

    /**
     * May an evaluation of any of these pass a safepoint?
     *
     * @param nodes to look at.
     * @return false only when none of them ever does.
     */
    public static boolean anyReachesSafepoint(final Node... nodes) {
        for (final Node node : nodes) {
            if (node.reachesSafepoint()) {
                return true;
            }
        }
        return false;
    }

    /**
     * The int in a value of this expression, or the error that it is none.
     *
     * @param value  of this expression.
     * @param thread that evaluates.
     * @return the int.
     */
    protected final int toInt(final long value, final DuhtonThread thread) {
        if (Values.isInt(value)) {
            return Values.intOf(value);
        }
        throw thread.typeError("DuInt_AsInt", "int", value, line);
    }
}

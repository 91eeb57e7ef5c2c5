package org.segstm.duhton.interp;

import org.segstm.duhton.value.Shapes;
import org.segstm.duhton.value.Values;
import org.segstm.heap.layout.ObjectLayout;

/** What is known of the values that a variable has had. */
public enum ValueKind {
    /** There was none yet. */
    NONE_SEEN,
    /** Ints. */
    INT,
    /** Lists. */
    LIST,
    /** Containers. */
    CONTAINER,
    /** Pairs. */
    PAIR,
    /** Floats. */
    FLOAT,
    /** Various things, or others than these. */
    ANY;

    /**
     * Kind of a value.
     *
     * @param thread that evaluates.
     * @param value  or the mark of an unbound variable.
     * @return its kind.
     */
    static ValueKind of(final DuhtonThread thread, final long value) {
        if (Values.isInt(value)) {
            return INT;
        }
        if (!Values.isObject(value)) {
            return ANY;
        }
        final int id = thread.mutator().layoutIdOf(value);
        final Shapes shapes = thread.shapes();
        return id == shapes.list.id() ? LIST : id == shapes.container.id() ? CONTAINER
            : id == shapes.cons.id() ? PAIR : id == shapes.floatNumber.id() ? FLOAT : ANY;
    }

    /**
     * What is known when there was this or another one.
     *
     * @param other kind.
     * @return the kind that tells of both.
     */
    public ValueKind or(final ValueKind other) {
        return this == NONE_SEEN ? other : other == NONE_SEEN || other == this ? this : ANY;
    }

    /**
     * Layout of the objects.
     *
     * @param shapes of the heap.
     * @return null when they are not known to be objects of one layout.
     */
    public ObjectLayout layout(final Shapes shapes) {
        switch (this) {
            case LIST:
                return shapes.list;
            case CONTAINER:
                return shapes.container;
            case PAIR:
                return shapes.cons;
            case FLOAT:
                return shapes.floatNumber;
            default:
                return null;
        }
    }
}

package org.segstm.duhton.builtin;

import org.segstm.duhton.interp.BuiltinForm;
import org.segstm.duhton.interp.DuhtonThread;
import org.segstm.duhton.interp.Node;
import org.segstm.duhton.interp.Outline;
import org.segstm.duhton.value.Values;

/** Comparisons of exactly two numbers as floats: {@code <. <=. ==. !=. >. >=.}. */
final class FloatComparison extends Node {
    private final Kind kind;
    private final Node left;
    private final Node right;

    private FloatComparison(final Kind kind, final Node left, final Node right, final int line) {
        super(line);
        this.kind = kind;
        this.left = left;
        this.right = right;
    }

    /**
     * A comparison.
     *
     * @param kind of it.
     * @return the form.
     */
    static BuiltinForm form(final Kind kind) {
        return (form, scope, analyzer) -> form.count() == 2
            ? new FloatComparison(kind, analyzer.analyze(form.argument(0), scope),
                analyzer.analyze(form.argument(1), scope), form.line())
            : form.wrongArguments("comparison", "two arguments");
    }

    @Override
    public Outline outline() {
        return new Outline(kind.outline, 0, left, right);
    }

    @Override
    public boolean executeTruth(final DuhtonThread thread, final int frame) {
        final double a = FloatNode.evaluate(left, thread, frame);
        final double b = FloatNode.evaluate(right, thread, frame);
        switch (kind) {
            case LESS:
                return a < b;
            case LESS_OR_EQUAL:
                return a <= b;
            case EQUAL:
                return a == b;
            case NOT_EQUAL:
                return a != b;
            case GREATER:
                return a > b;
            default:
                return a >= b;
        }
    }

    @Override
    public int executeInt(final DuhtonThread thread, final int frame) {
        return executeTruth(thread, frame) ? 1 : 0;
    }

    @Override
    public long execute(final DuhtonThread thread, final int frame) {
        return Values.ofBoolean(executeTruth(thread, frame));
    }

    @Override
    public boolean reachesSafepoint() {
        return anyReachesSafepoint(left, right);
    }

    /** What is compared. */
    enum Kind {
        /** The {@code <.}. */
        LESS(Outline.Kind.FLOAT_LESS),
        /** The {@code <=.}. */
        LESS_OR_EQUAL(Outline.Kind.FLOAT_LESS_OR_EQUAL),
        /** The {@code ==.}. */
        EQUAL(Outline.Kind.FLOAT_EQUAL),
        /** The {@code !=.}. */
        NOT_EQUAL(Outline.Kind.FLOAT_NOT_EQUAL),
        /** The {@code >.}. */
        GREATER(Outline.Kind.FLOAT_GREATER),
        /** The {@code >=.}. */
        GREATER_OR_EQUAL(Outline.Kind.FLOAT_GREATER_OR_EQUAL);

        private final Outline.Kind outline;

        Kind(final Outline.Kind outline) {
            this.outline = outline;
        }
    }
}

package org.segstm.duhton.interp;

/**
 * A form that evaluates what it is applied to, then perhaps an int, then perhaps a further value, and does its work
 * when it has all of them. Compiled code evaluates these itself and calls {@link #check} and {@link #apply}.
 */
public abstract class TargetNode extends Node {
    /** What the form is applied to. */
    protected final Node target;
    /** An int, or null. */
    protected final Node index;
    /** A further value, or null. */
    protected final Node operand;
    /** Has the target to be kept on the shadow stack while the others are evaluated? */
    protected final boolean keepTarget;

    /**
     * A form.
     *
     * @param target  what it is applied to.
     * @param index   an int, or null.
     * @param operand a further value, or null.
     * @param line    of the source.
     */
    protected TargetNode(final Node target, final Node index, final Node operand, final int line) {
        super(line);
        this.target = target;
        this.index = index;
        this.operand = operand;
        this.keepTarget = index != null && index.reachesSafepoint() || operand != null && operand.reachesSafepoint();
    }

    /**
     * Verifies the target, before anything else is evaluated.
     *
     * @param thread that evaluates.
     * @param value  of the target.
     */
    public void check(final DuhtonThread thread, final long value) {
        // Most forms look at their target when they have everything.
    }

    /**
     * Does {@link #check} do anything?
     *
     * @return false when it need not be called.
     */
    public boolean isChecked() {
        return false;
    }

    /**
     * Does the work. Passes no safepoint.
     *
     * @param thread   that evaluates.
     * @param value    of the target.
     * @param position value of the index, 0 without one.
     * @param content  value of the operand, 0 without one.
     * @return value of the form.
     */
    public abstract long apply(DuhtonThread thread, long value, int position, long content);

    @Override
    public boolean reachesSafepoint() {
        return target.reachesSafepoint() || keepTarget;
    }

    /**
     * What it does, for a compiler that can do it itself as long as nothing is out of the ordinary.
     *
     * @return kind of the outline.
     */
    protected Outline.Kind kind() {
        return Outline.Kind.TARGET;
    }

    @Override
    public final Outline outline() {
        return new Outline(kind(), 0, target, index, operand);
    }
}

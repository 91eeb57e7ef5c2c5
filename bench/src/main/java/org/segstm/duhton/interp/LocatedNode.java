package org.segstm.duhton.interp;

/**
 * An expression that tells where it stands in the source while it is evaluated. Around its parts, which have locations
 * of their own, the location is that of the whole again. Made only when conflicts are to be told.
 */
public final class LocatedNode extends Node {
    private final Node expression;
    private final long location;

    /**
     * An expression with a location.
     *
     * @param expression to evaluate.
     * @param location   see {@link org.segstm.duhton.reader.Location}.
     */
    public LocatedNode(final Node expression, final long location) {
        super(expression.line());
        this.expression = expression;
        this.location = location;
    }

    /**
     * Where it stands.
     *
     * @return its location.
     */
    public long location() {
        return location;
    }

    @Override
    public Outline outline() {
        return new Outline(Outline.Kind.UNKNOWN, 0);
    }

    @Override
    public long execute(final DuhtonThread thread, final int frame) {
        thread.mutator().pushLocation(location, 0);
        final long value = expression.execute(thread, frame);
        thread.mutator().popLocation();
        return value;
    }

    @Override
    public int executeInt(final DuhtonThread thread, final int frame) {
        thread.mutator().pushLocation(location, 0);
        final int value = expression.executeInt(thread, frame);
        thread.mutator().popLocation();
        return value;
    }

    @Override
    public boolean executeTruth(final DuhtonThread thread, final int frame) {
        thread.mutator().pushLocation(location, 0);
        final boolean value = expression.executeTruth(thread, frame);
        thread.mutator().popLocation();
        return value;
    }

    @Override
    public boolean reachesSafepoint() {
        return expression.reachesSafepoint();
    }
}

package org.segstm.duhton.interp;

import org.segstm.duhton.DuhtonError;

/** An expression that is wrong whatever the values are. It is an error only when it is evaluated. */
public final class ErrorNode extends Node {
    private final String text;

    /**
     * An error.
     *
     * @param text of the error.
     * @param line of the source.
     */
    public ErrorNode(final String text, final int line) {
        super(line);
        this.text = text;
    }

    /**
     * The error that something else stands where a symbol has to be.
     *
     * @param typeName type of what stands there.
     * @param line     of the source.
     * @return the node.
     */
    public static Node notASymbol(final String typeName, final int line) {
        return new ErrorNode("DuSymbol_Id: expected 'symbol' argument, got '" + typeName + "'", line);
    }

    @Override
    public Outline outline() {
        return new Outline(Outline.Kind.LEAF, 0);
    }

    @Override
    public long execute(final DuhtonThread thread, final int frame) {
        throw new DuhtonError(text, line());
    }

    @Override
    public boolean reachesSafepoint() {
        return false;
    }
}

package org.segstm.duhton.interp;

import org.segstm.duhton.DuhtonError;

/** A call of a user function. */
public final class CallNode extends Node {
    private final Callee callee;
    private final Node[] arguments;

    /**
     * A call.
     *
     * @param callee    to call.
     * @param arguments expressions.
     * @param line      of the source.
     */
    public CallNode(final Callee callee, final Node[] arguments, final int line) {
        super(line);
        this.callee = callee;
        this.arguments = arguments;
    }

    @Override
    public Outline outline() {
        return new Outline(Outline.Kind.CALL, 0, arguments);
    }

    /**
     * The name that is called.
     *
     * @return the callee.
     */
    public Callee callee() {
        return callee;
    }

    @Override
    public long execute(final DuhtonThread thread, final int frame) {
        final FunctionCode code = callee.find(thread, frame);
        if (code == null) {
            throw notAFunction(callee.name(), line());
        }
        final int callFrame = thread.mutator().rootDepth();
        callee.pushArguments(thread, frame, code, arguments, line());
        return code.call(thread, callFrame);
    }

    /**
     * The error that a name stands for no function.
     *
     * @param name of the symbol.
     * @param line of the source.
     * @return the error.
     */
    public static DuhtonError notAFunction(final String name, final int line) {
        return new DuhtonError("symbol not defined as a function: '" + name + "'", line);
    }
}

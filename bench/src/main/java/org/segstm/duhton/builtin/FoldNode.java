package org.segstm.duhton.builtin;

import org.segstm.duhton.interp.DuhtonThread;
import org.segstm.duhton.interp.Node;
import org.segstm.duhton.interp.Outline;
import org.segstm.duhton.value.Values;

/** An operation folded over any number of operands but none; a single one only has to be an int. */
final class FoldNode extends Node {
    private final IntOperation operation;
    private final Node[] operands;

    /**
     * A fold.
     *
     * @param operation to apply; its own operands are not used.
     * @param operands  at least one.
     * @param line      of the source.
     */
    FoldNode(final IntOperation operation, final Node[] operands, final int line) {
        super(line);
        this.operation = operation;
        this.operands = operands;
    }

    @Override
    public Outline outline() {
        return new Outline(operation.kind(), 0, operands);
    }

    @Override
    public int executeInt(final DuhtonThread thread, final int frame) {
        int result = operands[0].executeInt(thread, frame);
        for (int i = 1; i < operands.length; i++) {
            result = operation.apply(result, operands[i].executeInt(thread, frame));
        }
        return result;
    }

    @Override
    public long execute(final DuhtonThread thread, final int frame) {
        return Values.ofInt(executeInt(thread, frame));
    }

    @Override
    public boolean reachesSafepoint() {
        return anyReachesSafepoint(operands);
    }
}

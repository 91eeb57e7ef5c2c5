package org.segstm.duhton.interp;

import java.util.List;
import org.segstm.duhton.reader.Datum;
import org.segstm.duhton.value.Values;
import org.segstm.heap.Mutator;

/**
 * The code of a function, one per {@code defun} in the text. A function in the heap or in a frame is the number of its
 * code: a definition in an aborted transaction leaves nothing behind.
 */
public final class FunctionCode {
    private final long value;
    private final int parameterCount;
    private final List<Datum> parameters;
    private final List<Datum> text;
    private final int line;
    private int frameLength;
    private int stackUnits;
    private Node body;

    FunctionCode(final int number, final List<Datum> parameters, final List<Datum> text, final int line) {
        this.value = Values.ofInt(number);
        this.parameterCount = parameters.size();
        this.parameters = parameters;
        this.text = text;
        this.line = line;
    }

    /**
     * What stands for the function in symbols and frames.
     *
     * @return the code's number as a value.
     */
    public long value() {
        return value;
    }

    /**
     * How many arguments it takes.
     *
     * @return the number.
     */
    public int parameterCount() {
        return parameterCount;
    }

    /**
     * Runs the function. Its arguments are the topmost roots; afterwards they are gone.
     *
     * @param thread that runs it, in a transaction.
     * @param frame  index of the first argument on the shadow stack.
     * @return value of the last expression.
     */
    public long call(final DuhtonThread thread, final int frame) {
        final Mutator mutator = thread.mutator();
        for (int i = parameterCount; i < frameLength; i++) {
            mutator.push(Values.UNBOUND);
        }
        thread.enter(stackUnits, line);
        thread.safepoint();
        final long result = body.execute(thread, frame);
        thread.leave(stackUnits);
        mutator.truncateRoots(frame);
        return result;
    }

    List<Datum> parameters() {
        return parameters;
    }

    List<Datum> text() {
        return text;
    }

    int line() {
        return line;
    }

    void body(final Node node, final int length, final int units) {
        body = node;
        frameLength = length;
        stackUnits = units;
    }
}

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
    private final HotCodes hotCodes;
    private HotCode hot;

    FunctionCode(
            final int number, final List<Datum> parameters, final List<Datum> text, final int line,
            final HotCodes hotCodes) {
        this.hotCodes = hotCodes;
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
        return hot == null || hot.isSkipped() ? interpret(thread, frame) : hot.call(thread, frame);
    }

    /**
     * Calls the function in the interpreter. The arguments are the topmost roots; they are gone afterwards.
     *
     * @param thread that evaluates.
     * @param frame  index of the first argument on the shadow stack.
     * @return its value.
     */
    public long interpret(final DuhtonThread thread, final int frame) {
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

    /**
     * Where the function is defined.
     *
     * @return line of the source.
     */
    public int line() {
        return line;
    }

    /**
     * What is evaluated.
     *
     * @return the body.
     */
    public Node body() {
        return body;
    }

    /**
     * Variables and functions of a frame, parameters first.
     *
     * @return their number.
     */
    public int frameLength() {
        return frameLength;
    }

    /**
     * Stack frames of the interpreter that a call may need, calls in it not counted.
     *
     * @return their number, see {@link DuhtonThread#enter}.
     */
    public int stackUnits() {
        return stackUnits;
    }

    /**
     * What counts its calls.
     *
     * @return null when nothing is compiled.
     */
    public HotCode hot() {
        return hot;
    }

    void body(final Node node, final int length, final int units) {
        body = node;
        frameLength = length;
        stackUnits = units;
        hot = hotCodes == null ? null : hotCodes.ofFunction(this);
    }
}

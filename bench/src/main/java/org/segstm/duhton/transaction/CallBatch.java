package org.segstm.duhton.transaction;

import java.util.concurrent.atomic.AtomicInteger;
import org.segstm.duhton.interp.FunctionCode;
import org.segstm.heap.GlobalRoot;

/**
 * Calls of one function, queued one after the other by one transaction. Their arguments lie in one object of the heap,
 * call after call; without arguments there is none. A batch is filled by the thread that queues, and does not change
 * once it is published.
 */
final class CallBatch {
    private static final int SMALLEST_CAPACITY = 4;
    private static final int LARGEST_CAPACITY = 256;

    private final FunctionCode code;
    private final int capacity;
    private final AtomicInteger unfinished = new AtomicInteger();
    private int count;
    private GlobalRoot arguments;

    /**
     * Makes an empty batch.
     *
     * @param code     of the function.
     * @param previous batch of the same transaction, or null.
     */
    CallBatch(final FunctionCode code, final CallBatch previous) {
        this.code = code;
        if (code.parameterCount() == 0) {
            capacity = Integer.MAX_VALUE;
        } else {
            capacity = previous == null || previous.code != code
                ? SMALLEST_CAPACITY : Math.min(LARGEST_CAPACITY, 2 * previous.capacity);
        }
    }

    FunctionCode code() {
        return code;
    }

    boolean takes(final FunctionCode other) {
        return code == other && count < capacity;
    }

    int capacity() {
        return capacity;
    }

    int count() {
        return count;
    }

    void addCall() {
        count++;
    }

    boolean hasArguments() {
        return code.parameterCount() != 0;
    }

    void arguments(final GlobalRoot root) {
        arguments = root;
    }

    /** Ref of the object with the arguments. To be read anew after a safepoint: in no-STM mode it may move. */
    long argumentsRef() {
        return arguments.get();
    }

    CallRange publish() {
        unfinished.set(count);
        return new CallRange(this, 0, count);
    }

    /**
     * Notes that calls have run, for good; the arguments are let go with the last one.
     *
     * @param calls how many.
     * @param roots to give the root back to.
     */
    void finished(final int calls, final RootPool roots) {
        if (unfinished.addAndGet(-calls) == 0) {
            release(roots);
        }
    }

    /** Lets the arguments go; only when no thread runs calls of this batch any more. */
    void release(final RootPool roots) {
        if (arguments != null) {
            roots.give(arguments);
            arguments = null;
        }
    }
}

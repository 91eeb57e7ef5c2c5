package org.segstm.duhton.compile;

import org.segstm.bridge.Memory;
import org.segstm.duhton.DuhtonError;
import org.segstm.duhton.interp.DuhtonThread;
import org.segstm.duhton.value.Lists;
import org.segstm.duhton.value.Values;
import org.segstm.heap.Mutator;

/** What compiled code calls; small, to be inlined. */
final class Support {
    private Support() {
    }

    static int toInt(final long value, final DuhtonThread thread, final int line) {
        if (Values.isInt(value)) {
            return Values.intOf(value);
        }
        throw thread.typeError("DuInt_AsInt", "int", value, line);
    }

    static boolean isTrue(final long value, final DuhtonThread thread) {
        return thread.isTrue(value);
    }

    static void setVariable(final long value, final Mutator mutator, final int index) {
        mutator.setRoot(index, value);
    }

    static void setInt(final int value, final Mutator mutator, final int index) {
        mutator.setRoot(index, Values.ofInt(value));
    }

    static int getInt(final Mutator mutator, final int index) {
        return Values.intOf(mutator.root(index));
    }

    static boolean isIntVariable(final Mutator mutator, final int index) {
        return Values.isInt(mutator.root(index));
    }

    /** Is a global function still what a call was compiled for? */
    static boolean isFunction(final Mutator mutator, final long functionRef, final long value) {
        return Memory.getLong(mutator.segmentBase() + functionRef) == value;
    }

    static void pushUnbound(final Mutator mutator, final int count) {
        for (int i = 0; i < count; i++) {
            mutator.push(Values.UNBOUND);
        }
    }

    static void push(final long value, final Mutator mutator) {
        mutator.push(value);
    }

    static long listOfRoots(final DuhtonThread thread, final Mutator mutator, final int base) {
        final long listRef = Lists.ofRoots(mutator, thread.shapes(), base);
        mutator.truncateRoots(base);
        return listRef;
    }

    static int divide(final int a, final int b, final int line) {
        if (b == 0) {
            throw new DuhtonError("/: division by zero", line);
        }
        return a / b;
    }

    static int remainder(final int a, final int b, final int line) {
        if (b == 0) {
            throw new DuhtonError("%: division by zero", line);
        }
        return a % b;
    }
}

package org.segstm.duhton.compile;

import java.lang.invoke.MethodHandle;
import org.segstm.duhton.DuhtonError;
import org.segstm.duhton.interp.DuhtonThread;
import org.segstm.duhton.value.Lists;
import org.segstm.duhton.value.Values;
import org.segstm.heap.Mutator;

/** What compiled code calls; small, to be inlined. */
final class Support {
    private Support() {
    }

    static RuntimeException notAnInt(final long value, final DuhtonThread thread, final int line) {
        return thread.typeError("DuInt_AsInt", "int", value, line);
    }

    static RuntimeException notReached() {
        return new IllegalStateException("compiled code has left where the interpreter goes on");
    }

    static double toDouble(final long value, final DuhtonThread thread, final int line) {
        if (Values.isInt(value)) {
            return Values.intOf(value);
        }
        throw thread.typeError("DuFloat_AsFloat", "float", value, line);
    }

    static int intRoot(final Mutator mutator, final int index) {
        return Values.intOf(mutator.root(index));
    }

    static int pushFrame(final Mutator mutator, final int length) {
        final int frame = mutator.rootDepth();
        for (int i = 0; i < length; i++) {
            mutator.push(Values.UNBOUND);
        }
        return frame;
    }

    /** Can what a name stands for be called with so many arguments? */
    static boolean isCallable(final DuhtonThread thread, final long function, final int arguments) {
        return function != Values.UNBOUND && thread.functions().get(function).parameterCount() == arguments;
    }

    /** What calls a function with its arguments. */
    static MethodHandle function(final DuhtonThread thread, final long function) {
        return thread.functions().get(function).hot().direct();
    }

    static void append(final DuhtonThread thread, final long list, final long element) {
        Lists.append(thread.mutator(), thread.shapes(), list, element);
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

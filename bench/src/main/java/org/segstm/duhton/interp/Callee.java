package org.segstm.duhton.interp;

import org.segstm.duhton.DuhtonError;
import org.segstm.duhton.value.Values;
import org.segstm.heap.Mutator;

/** The user function that a name stands for: that of the own frame, else the global one. */
public final class Callee {
    private static final int NO_SLOT = -1;

    private final String name;
    private final long functionRef;
    private final int slot;
    private final FunctionTable functions;
    /** What the name stood for the last time; code is immutable and found again by its value, so races are harmless. */
    private FunctionCode last;

    /**
     * A name that is called.
     *
     * @param name        of the function.
     * @param functionRef ref of the committed symbol, plus the offset of its function.
     * @param scope       where it is called.
     * @param functions   of the program.
     */
    Callee(final String name, final long functionRef, final Scope scope, final FunctionTable functions) {
        this.functions = functions;
        this.name = name;
        this.functionRef = functionRef;
        final Integer functionSlot = scope.functionSlot(name);
        this.slot = functionSlot == null ? NO_SLOT : functionSlot;
    }

    /**
     * The name.
     *
     * @return name of the function.
     */
    public String name() {
        return name;
    }

    /**
     * Where the ref of the global function of that name lies.
     *
     * @return ref of the symbol, plus the offset in it.
     */
    public long functionRef() {
        return functionRef;
    }

    /**
     * What the name stood for the last time; before the first call, what it will most likely stand for.
     *
     * @return code of a global function; null when there is none, or when it may be a function of the frame.
     */
    public FunctionCode lastGlobal() {
        final FunctionCode code = last;
        return slot != NO_SLOT ? null : code == null ? functions.named(name) : code;
    }

    /**
     * Finds the function.
     *
     * @param thread that evaluates.
     * @param frame  of the running function.
     * @return its code, null when there is no user function of that name.
     */
    public FunctionCode find(final DuhtonThread thread, final int frame) {
        final Mutator mutator = thread.mutator();
        long function = slot == NO_SLOT ? Values.UNBOUND : mutator.root(frame + slot);
        if (function == Values.UNBOUND) {
            function = GlobalNodes.load(mutator, functionRef);
        }
        final FunctionCode code = last;
        return code != null && code.value() == function ? code : findSlowPath(thread, function);
    }

    private FunctionCode findSlowPath(final DuhtonThread thread, final long function) {
        if (function == Values.UNBOUND) {
            return null;
        }
        final FunctionCode code = thread.functions().get(function);
        last = code;
        return code;
    }

    /**
     * Evaluates arguments and pushes them.
     *
     * @param thread    that evaluates.
     * @param frame     of the running function.
     * @param code      of the function to call.
     * @param arguments expressions.
     * @param line      of the call.
     */
    public void pushArguments(
            final DuhtonThread thread, final int frame, final FunctionCode code, final Node[] arguments,
            final int line) {
        if (arguments.length != code.parameterCount()) {
            pushArgumentsSlowPath(thread, frame, code, arguments, line);
        }
        final Mutator mutator = thread.mutator();
        for (final Node argument : arguments) {
            mutator.push(argument.execute(thread, frame));
        }
    }

    /** As many arguments as there are parameters are evaluated before the error: they may have one of their own. */
    private void pushArgumentsSlowPath(
            final DuhtonThread thread, final int frame, final FunctionCode code, final Node[] arguments,
            final int line) {
        final boolean tooMany = arguments.length > code.parameterCount();
        for (int i = 0; i < Math.min(arguments.length, code.parameterCount()); i++) {
            arguments[i].execute(thread, frame);
        }
        throw new DuhtonError(
            "call to '" + name + "': " + (tooMany ? "too many arguments" : "not enough arguments"), line);
    }
}

package org.segstm.duhton.interp;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.MutableCallSite;
import java.util.Arrays;
import java.util.Collections;
import org.segstm.jit.compile.CodeUnit;
import org.segstm.jit.compile.CompileJob;
import org.segstm.jit.compile.CompileQueue;

/**
 * A function or a loop that is interpreted until it is hot, then compiled. It remembers what kinds of values variables
 * have held when it was entered: compiled code relies on that, and verifies it at its entry. Races are harmless: what
 * is missed here is met again there. For the same reason it need not be told of each entry.
 */
public final class HotCode {
    /** Type of interpreted and compiled code: thread, and index of the frame on the shadow stack. */
    public static final MethodType TYPE = MethodType.methodType(long.class, DuhtonThread.class, int.class);
    private static final MethodHandle INTERPRET;
    private static final MethodHandle CALL_DIRECTLY;

    static {
        try {
            INTERPRET = MethodHandles.lookup().findVirtual(HotCode.class, "interpret", TYPE);
            CALL_DIRECTLY = MethodHandles.lookup().findVirtual(HotCode.class, "callDirectly",
                MethodType.methodType(long.class, DuhtonThread.class, long[].class));
        } catch (final ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final CompileQueue queue;
    private final boolean eager;
    private final int weight;
    private final int stride;
    private final Interpreted interpreted;
    private final CodeUnit unit;
    private final int parameters;
    private volatile ValueKind[] kinds;
    private volatile boolean intsOnly;
    private MutableCallSite direct;
    private int skips;

    /**
     * A function or a loop.
     *
     * @param name        for the log.
     * @param queue       that compiles.
     * @param eager       compile before the first use, in everybody's way?
     * @param slots       variables that are looked at when it is entered; the parameters of a function.
     * @param weight      of an entry.
     * @param stride      entries or turns of which one is looked at, and counts for all; 1 for each.
     * @param interpreted what the interpreter does.
     * @param job         compiles it.
     */
    public HotCode(
            final String name, final CompileQueue queue, final boolean eager, final int slots, final int weight,
            final int stride, final Interpreted interpreted, final CompileJob job) {
        this.queue = queue;
        this.eager = eager;
        this.parameters = slots;
        this.kinds = new ValueKind[slots];
        Arrays.fill(kinds, ValueKind.NONE_SEEN);
        this.weight = weight;
        this.stride = stride;
        this.interpreted = interpreted;
        this.unit = new CodeUnit(name, queue, INTERPRET.bindTo(this), job);
    }

    /**
     * Runs it, compiled or not.
     *
     * @param thread that evaluates.
     * @param frame  index of the running function's first variable on the shadow stack.
     * @return its value.
     */
    public long call(final DuhtonThread thread, final int frame) {
        if (unit.state() == CodeUnit.State.COMPILED) {
            return callCompiled(thread, frame);
        }
        if (eager && unit.state() != CodeUnit.State.GIVEN_UP) {
            compileNow(thread, frame);
            return callCompiled(thread, frame);
        }
        return interpret(thread, frame);
    }

    /**
     * Is this entry, or turn, one that need not be looked at? Then it is the interpreter's.
     *
     * @return false for one of so many.
     */
    boolean isSkipped() {
        final int left = skips;
        if (left == 0) {
            return false;
        }
        skips = left - 1;
        return true;
    }

    private long callCompiled(final DuhtonThread thread, final int frame) {
        final MethodHandle target = unit.target();
        try {
            return (long) target.invokeExact(thread, frame);
        } catch (final RuntimeException | Error e) {
            throw e;
        } catch (final Throwable e) {
            throw new IllegalStateException("Duhton code throws no checked exception", e);
        }
    }

    /** Interprets it, and has it compiled when that has happened often enough. */
    private long interpret(final DuhtonThread thread, final int frame) {
        learn(thread, frame);
        unit.count(weight * stride);
        skips = stride - 1;
        return interpreted.run(thread, frame);
    }

    private void compileNow(final DuhtonThread thread, final int frame) {
        learn(thread, frame);
        unit.compileSoon();
        try {
            queue.awaitIdle();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Counts a turn of a loop that is interpreted.
     *
     * @param thread that evaluates.
     * @param frame  of the running function.
     * @return true when it goes on in compiled code.
     */
    boolean turn(final DuhtonThread thread, final int frame) {
        if (unit.state() == CodeUnit.State.INTERPRETED) {
            learn(thread, frame);
            unit.count(stride);
            skips = stride - 1;
        }
        return unit.state() == CodeUnit.State.COMPILED;
    }

    /**
     * Compiled code was entered with a variable that holds something else than it ever did before: interprets, and has
     * the code compiled anew.
     *
     * @param thread that evaluates.
     * @param frame  of the running function.
     * @return its value.
     */
    public long missed(final DuhtonThread thread, final int frame) {
        learn(thread, frame);
        synchronized (this) {
            intsOnly = true;
            if (direct != null) {
                direct.setTarget(interpretDirectly());
            }
        }
        unit.deoptimize("a variable holds something of another kind");
        return interpret(thread, frame);
    }

    private void learn(final DuhtonThread thread, final int frame) {
        final ValueKind[] known = kinds;
        for (int slot = 0; slot < known.length; slot++) {
            if (known[slot] != ValueKind.ANY) {
                final ValueKind kind = ValueKind.of(thread, thread.mutator().root(frame + slot));
                if (known[slot].or(kind) != known[slot]) {
                    learn(slot, kind);
                }
            }
        }
    }

    private synchronized void learn(final int slot, final ValueKind kind) {
        final ValueKind[] more = kinds.clone();
        more[slot] = more[slot].or(kind);
        kinds = more;
    }

    /**
     * What a variable has always held when the code was entered.
     *
     * @param slot of the variable.
     * @return its kind; any for those that are not looked at, and after a surprise for all but ints.
     */
    public ValueKind kindAtEntry(final int slot) {
        final ValueKind kind = slot < parameters ? kinds[slot] : ValueKind.ANY;
        return kind == ValueKind.NONE_SEEN || intsOnly && kind != ValueKind.INT ? ValueKind.ANY : kind;
    }

    /**
     * Type of {@link #direct()} for a function.
     *
     * @param parameters how many it has.
     * @return type of a method that takes thread and arguments.
     */
    public static MethodType directType(final int parameters) {
        return MethodType.methodType(long.class, DuhtonThread.class)
            .appendParameterTypes(Collections.nCopies(parameters, long.class));
    }

    /**
     * What calls a function with its arguments, instead of having them on the shadow stack; a constant for compiled
     * code. It leads to compiled code, or to what calls the interpreter.
     *
     * @return handle of {@link #directType}.
     */
    public synchronized MethodHandle direct() {
        if (direct == null) {
            direct = new MutableCallSite(interpretDirectly());
        }
        return direct.dynamicInvoker();
    }

    private MethodHandle interpretDirectly() {
        return CALL_DIRECTLY.bindTo(this).asCollector(long[].class, parameters).asType(directType(parameters));
    }

    private long callDirectly(final DuhtonThread thread, final long[] arguments) {
        final int frame = thread.mutator().rootDepth();
        for (final long argument : arguments) {
            thread.mutator().push(argument);
        }
        return call(thread, frame);
    }

    /**
     * There is compiled code for direct calls.
     *
     * @param code of {@link #directType}; it verifies its arguments.
     */
    public synchronized void compiled(final MethodHandle code) {
        direct();
        direct.setTarget(code);
        MutableCallSite.syncAll(new MutableCallSite[] {direct});
    }

    /**
     * What calls it, with a target that follows compilation: a constant for compiled code.
     *
     * @return handle of {@link #TYPE}.
     */
    public MethodHandle invoker() {
        return unit.invoker();
    }

    @Override
    public String toString() {
        return unit.name();
    }

    /** What the interpreter does. */
    @FunctionalInterface
    public interface Interpreted {
        /**
         * Does it.
         *
         * @param thread that evaluates.
         * @param frame  of the function.
         * @return its value.
         */
        long run(DuhtonThread thread, int frame);
    }
}

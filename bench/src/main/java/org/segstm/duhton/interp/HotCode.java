package org.segstm.duhton.interp;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.segstm.duhton.value.Values;
import org.segstm.jit.compile.CodeUnit;
import org.segstm.jit.compile.CompileJob;
import org.segstm.jit.compile.CompileQueue;

/**
 * A function or a loop that is interpreted until it is hot, then compiled. It remembers which variables have held
 * something else than an int when it was entered: compiled code keeps the others in int variables of the JVM, and
 * verifies them at its entry. Races are harmless: what is missed here is met again there.
 */
public final class HotCode {
    /** Type of interpreted and compiled code: thread, and index of the frame on the shadow stack. */
    public static final MethodType TYPE = MethodType.methodType(long.class, DuhtonThread.class, int.class);
    private static final MethodHandle INTERPRET;

    static {
        try {
            INTERPRET = MethodHandles.lookup().findVirtual(HotCode.class, "interpret", TYPE);
        } catch (final ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final CompileQueue queue;
    private final boolean eager;
    private final int slots;
    private final int weight;
    private final Interpreted interpreted;
    private final CodeUnit unit;
    private volatile long others;

    /**
     * A function or a loop.
     *
     * @param name        for the log.
     * @param queue       that compiles.
     * @param eager       compile before the first use, in everybody's way?
     * @param slots       variables that are looked at when it is entered.
     * @param weight      of an entry.
     * @param interpreted what the interpreter does.
     * @param job         compiles it.
     */
    public HotCode(
            final String name, final CompileQueue queue, final boolean eager, final int slots, final int weight,
            final Interpreted interpreted, final CompileJob job) {
        this.queue = queue;
        this.eager = eager;
        this.slots = Math.min(slots, Long.SIZE);
        this.weight = weight;
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
        unit.count(weight);
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
            unit.count(1);
        }
        return unit.state() == CodeUnit.State.COMPILED;
    }

    /**
     * Compiled code was entered with a variable that it takes for an int and that is none: interprets, and has the code
     * compiled anew.
     *
     * @param thread that evaluates.
     * @param frame  of the running function.
     * @return its value.
     */
    public long missed(final DuhtonThread thread, final int frame) {
        if (learn(thread, frame)) {
            unit.deoptimize("a variable is no int any more");
        }
        return interpreted.run(thread, frame);
    }

    private boolean learn(final DuhtonThread thread, final int frame) {
        long seen = others;
        for (int slot = 0; slot < slots; slot++) {
            if (!Values.isInt(thread.mutator().root(frame + slot))) {
                seen |= 1L << slot;
            }
        }
        if (seen == others) {
            return false;
        }
        synchronized (this) {
            others |= seen;
        }
        return true;
    }

    /**
     * Has a variable always been an int when the code was entered?
     *
     * @param slot of the variable.
     * @return false also for those that are not looked at.
     */
    public boolean isIntAtEntry(final int slot) {
        return slot < slots && (others >>> slot & 1) == 0;
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

package org.segstm.jit.compile;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.lang.invoke.MutableCallSite;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A piece of a program that is compiled as a whole: a function, or a loop. It is interpreted first. Whoever calls it
 * goes through {@link #invoker()}, or takes {@link #target()}; both lead to what is the best code at that time.
 *
 * <p>Hotness is counted without atomic operations: some counts get lost, and no transaction conflicts.
 */
public final class CodeUnit {
    /** Compiled so often in vain, a unit is left to the interpreter. */
    public static final int MAXIMUM_COMPILES = 5;
    private final String name;
    private final CompileQueue queue;
    private final CompileJob job;
    private final MethodHandle interpreter;
    private final MutableCallSite site;
    private final MethodHandle invoker;
    private final AtomicReference<State> state = new AtomicReference<>(State.INTERPRETED);
    private volatile MethodHandle target;
    private int hotness;
    private int compiles;

    /**
     * Makes a unit, interpreted.
     *
     * @param name        for reports.
     * @param queue       that compiles it.
     * @param interpreter what to call until it is compiled.
     * @param job         compiles it; its code has the interpreter's type.
     */
    public CodeUnit(
        final String name, final CompileQueue queue, final MethodHandle interpreter, final CompileJob job) {
        this.name = name;
        this.queue = queue;
        this.interpreter = interpreter;
        this.job = job;
        this.target = interpreter;
        this.site = new MutableCallSite(interpreter);
        this.invoker = site.dynamicInvoker();
    }

    /** What runs a unit. */
    public enum State {
        /** The interpreter. */
        INTERPRETED,
        /** The interpreter, and it waits to be compiled. */
        QUEUED,
        /** Compiled code. */
        COMPILED,
        /** The interpreter, for good. */
        GIVEN_UP
    }

    /**
     * Name of the unit.
     *
     * @return the name given to it.
     */
    public String name() {
        return name;
    }

    /**
     * What runs it now.
     *
     * @return its state; may be another one at once.
     */
    public State state() {
        return state.get();
    }

    /**
     * A handle that always calls the best code. Bind it into other compiled code as a constant: calls are direct until
     * the unit changes.
     *
     * @return handle of the interpreter's type.
     */
    public MethodHandle invoker() {
        return invoker;
    }

    /**
     * The best code now, for who calls it once.
     *
     * @return handle of the interpreter's type.
     */
    public MethodHandle target() {
        return target;
    }

    /**
     * Type of all its code.
     *
     * @return the interpreter's type.
     */
    public MethodType type() {
        return interpreter.type();
    }

    /**
     * Counts a call, or a turn of a loop. When there were enough, the unit is compiled in the background.
     *
     * @param weight of this one, 1 or more.
     */
    public void count(final int weight) {
        hotness += weight;
        if (hotness >= queue.threshold() && state.get() == State.INTERPRETED) {
            compileSoon();
        }
    }

    /**
     * How often it was counted, roughly, since it was interpreted last.
     *
     * @return the sum of the weights.
     */
    public int hotness() {
        return hotness;
    }

    /**
     * Compiles the unit in the background, if it is interpreted.
     *
     * @return false when it is compiled, queued, or given up.
     */
    public boolean compileSoon() {
        return state.compareAndSet(State.INTERPRETED, State.QUEUED) && queue.add(this);
    }

    CompiledCode compile() throws Exception {
        return job.compile();
    }

    /** The queue is closed: nobody will compile it. */
    void dropped() {
        state.set(State.GIVEN_UP);
    }

    void giveUp() {
        state.set(State.GIVEN_UP);
    }

    /** Says whether the code is what runs now. */
    synchronized boolean install(final CompiledCode code) {
        if (!code.handle().type().equals(interpreter.type())) {
            throw new IllegalArgumentException("compiled code has another type than the interpreter: unit=" + name
                + " compiled=" + code.handle().type() + " interpreter=" + interpreter.type());
        }
        compiles++;
        MethodHandle guarded = code.handle();
        for (final Assumption assumption : code.assumptions()) {
            guarded = assumption.guard(guarded, interpreter);
        }
        switchTo(guarded);
        state.set(State.COMPILED);
        for (final Assumption assumption : code.assumptions()) {
            if (!assumption.addDependent(this)) {
                interpretAgain();
                return false;
            }
        }
        return state.get() == State.COMPILED;
    }

    private void switchTo(final MethodHandle handle) {
        target = handle;
        site.setTarget(handle);
        MutableCallSite.syncAll(new MutableCallSite[] {site});
    }

    private void interpretAgain() {
        hotness = 0;
        switchTo(interpreter);
        state.set(compiles < MAXIMUM_COMPILES ? State.INTERPRETED : State.GIVEN_UP);
    }

    void invalidated(final String reason) {
        synchronized (this) {
            if (state.get() != State.COMPILED) {
                return;
            }
            interpretAgain();
        }
        queue.tell(CompileEvent.Kind.INVALIDATED, this, 0, 0, 0, reason, null);
    }

    /**
     * Returns to the interpreter: its compiled code was found not to fit.
     *
     * @param reason for reports.
     */
    public void deoptimize(final String reason) {
        invalidated(reason);
    }

    @Override
    public String toString() {
        return "unit " + name + " " + state.get();
    }
}

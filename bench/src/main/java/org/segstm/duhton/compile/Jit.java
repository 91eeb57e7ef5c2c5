package org.segstm.duhton.compile;

import java.io.PrintStream;
import org.segstm.duhton.interp.FunctionCode;
import org.segstm.duhton.interp.HotCode;
import org.segstm.duhton.interp.HotCodes;
import org.segstm.duhton.interp.WhileNode;
import org.segstm.duhton.value.Shapes;
import org.segstm.heap.SegmentHeap;
import org.segstm.jit.HeapConstants;
import org.segstm.jit.compile.CompileEvent;
import org.segstm.jit.compile.CompileQueue;

/** The compiler of one program: compiles in the background what has run often. */
public final class Jit implements HotCodes, AutoCloseable {
    /** Turns of a loop, or calls times {@link #CALL_WEIGHT}, after which code is compiled, unless told otherwise. */
    public static final int DEFAULT_THRESHOLD = 2000;
    private static final int CALL_WEIGHT = 10;
    /** Of so many calls or turns one is looked at. Odd, so that what alternates is seen. */
    private static final int STRIDE = 7;
    /** A unit is looked at so often before it is compiled, or each time. */
    private static final int LOOKS = 20;

    private final PrintStream errors;
    private final boolean logged;
    private final boolean eager;
    private final int stride;
    private final CompileQueue queue;
    private final CompileOptions options;
    private boolean explained;
    private volatile Target target;

    /**
     * Starts the compiler.
     *
     * @param threshold turns of a loop, or calls times ten, before it is compiled; 0 compiles before the first one.
     * @param errors    where what goes wrong in the compiler is told, and the log.
     * @param logged    write the log?
     */
    public Jit(final int threshold, final PrintStream errors, final boolean logged) {
        this(threshold, errors, logged, CompileOptions.DEFAULT);
    }

    /**
     * Starts the compiler.
     *
     * @param threshold turns of a loop, or calls times ten, before it is compiled; 0 compiles before the first one.
     * @param errors    where what goes wrong in the compiler is told, and the log.
     * @param logged    write the log?
     * @param options   for all code.
     */
    public Jit(
            final int threshold, final PrintStream errors, final boolean logged, final CompileOptions options) {
        this.options = options;
        this.errors = errors;
        this.logged = logged;
        this.eager = threshold == 0;
        this.stride = options.counters() == null && threshold >= LOOKS * STRIDE * CALL_WEIGHT ? STRIDE : 1;
        this.queue = new CompileQueue(1, Math.max(1, threshold), this::tell);
    }

    /** Has all code shown with its barriers, and why each of them is there. To be called before anything runs. */
    public void explainBarriers() {
        explained = true;
    }

    /**
     * Says what to compile for, before anything runs.
     *
     * @param heap   of the program.
     * @param shapes of its objects.
     */
    public void compileFor(final SegmentHeap heap, final Shapes shapes) {
        target = new Target(shapes, HeapConstants.of(heap), options, true, explained ? errors::print : null);
    }

    private void tell(final CompileEvent event) {
        if (logged || event.kind() == CompileEvent.Kind.FAILED) {
            final String reason = event.kind() == CompileEvent.Kind.DECLINED ? ": too large, stays interpreted" : "";
            errors.println(event + reason);
        }
        if (event.thrown() != null) {
            event.thrown().printStackTrace(errors);
        }
    }

    @Override
    public HotCode ofFunction(final FunctionCode code) {
        return new HotCode("function@" + code.line(), queue, eager, code.parameterCount(), CALL_WEIGHT,
            stride, whenIdle(code::interpret), () -> UnitCompiler.function(code, target));
    }

    @Override
    public HotCode ofLoop(final WhileNode loop, final int frameLength) {
        return new HotCode("loop@" + loop.line(), queue, eager, frameLength, 0, stride, whenIdle(loop::interpret),
            () -> UnitCompiler.loop(loop, frameLength, target));
    }

    /** Who counts wants the same counts each time, so code is interpreted only while there is nothing to compile. */
    private HotCode.Interpreted whenIdle(final HotCode.Interpreted interpreted) {
        return options.counters() == null ? interpreted : (thread, frame) -> {
            try {
                queue.awaitIdle();
            } catch (final InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return interpreted.run(thread, frame);
        };
    }

    @Override
    public void close() {
        queue.close();
    }
}

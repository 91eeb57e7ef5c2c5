package org.segstm.duhton.transaction;

import java.io.OutputStream;
import org.segstm.duhton.builtin.Builtins;
import org.segstm.duhton.compile.Jit;
import org.segstm.duhton.interp.Analyzer;
import org.segstm.duhton.interp.FunctionTable;
import org.segstm.duhton.interp.StopFlag;
import org.segstm.duhton.reader.ProgramReader;
import org.segstm.duhton.reader.SourceText;
import org.segstm.duhton.value.Constants;
import org.segstm.duhton.value.Shapes;
import org.segstm.duhton.value.Symbols;
import org.segstm.heap.Mutator;
import org.segstm.heap.SegmentHeap;

/**
 * A running Duhton program or interactive session on a heap. All methods are called by one thread, which needs a stack
 * of {@link org.segstm.duhton.interp.DuhtonThread#STACK_BYTES}.
 */
public final class Program implements AutoCloseable {
    private final SegmentHeap heap;
    private final Mutator mutator;
    private final Shapes shapes;
    private final Symbols symbols = new Symbols();
    private final Jit jit;
    private final FunctionTable functions;
    private final StopFlag stop;
    private final RootPool roots;
    private final Console console;
    private final Analyzer analyzer;
    private final WorkerPool pool;
    private final MainProgram main;
    private final SourceText source;

    /**
     * Makes a program that has done nothing yet.
     *
     * @param heap       that it alone uses.
     * @param workers    most threads that run transactions.
     * @param processors most threads that shall be awake at a time.
     * @param output     for what it prints.
     */
    public Program(final SegmentHeap heap, final int workers, final int processors, final OutputStream output) {
        this(heap, workers, processors, output, null, null);
    }

    /**
     * Makes a program that has done nothing yet, and that tells its mutators where it is.
     *
     * @param heap       that it alone uses.
     * @param workers    most threads that run transactions.
     * @param processors most threads that shall be awake at a time.
     * @param output     for what it prints.
     * @param source     gets the text that is run; null when nobody wants to know where the program is.
     * @param jit        compiles what is hot, and is closed with the program; null to interpret everything. With a
     *                   source everything is interpreted, too.
     */
    public Program(
            final SegmentHeap heap, final int workers, final int processors, final OutputStream output,
            final SourceText source, final Jit jit) {
        this.heap = heap;
        this.stop = new StopFlag(heap);
        this.source = source;
        this.jit = jit;
        this.functions = new FunctionTable(source == null ? jit : null);
        this.mutator = heap.attachMutator("main");
        this.shapes = new Shapes(heap);
        if (jit != null) {
            jit.compileFor(heap, shapes);
        }
        this.roots = new RootPool(heap);
        this.console = new Console(heap, mutator, shapes, output);
        this.analyzer = new Analyzer(
            Builtins.table(), shapes, symbols, new Constants(heap, mutator, shapes, symbols), functions,
            source == null ? null : Builtins::accessesHeap);
        this.pool = new WorkerPool(this, heap.context().serial() ? 1 : workers, processors);
        this.main = new MainProgram(this, pool, mutator);
    }

    /**
     * Runs a piece of text: evaluates it, commits, runs the calls it has queued.
     *
     * @param text       of the program, one character per byte.
     * @param firstLine  number of its first line.
     * @param printValue print the value of its last expression?
     * @throws org.segstm.duhton.DuhtonError the first error; what was committed before stays.
     */
    public void run(final String text, final int firstLine, final boolean printValue) {
        if (source != null) {
            source.add(text, firstLine);
        }
        main.run(analyzer.analyzeProgram(ProgramReader.read(text, firstLine)), printValue);
    }

    /**
     * Have all transactions ended? One that cannot be rolled back does not when the heap has no room to commit it; then
     * neither this program nor its heap can be used or closed any more.
     *
     * @return true but for that case.
     */
    public boolean isUsable() {
        return !mutator.inTransaction() && pool.isUsable();
    }

    /** Ends the threads and closes the mutators. */
    @Override
    public void close() {
        pool.close();
        if (jit != null) {
            jit.close();
        }
        if (!mutator.inTransaction()) {
            mutator.close();
        }
    }

    SegmentHeap heap() {
        return heap;
    }

    Shapes shapes() {
        return shapes;
    }

    Symbols symbols() {
        return symbols;
    }

    FunctionTable functions() {
        return functions;
    }

    StopFlag stop() {
        return stop;
    }

    RootPool roots() {
        return roots;
    }

    Console console() {
        return console;
    }
}

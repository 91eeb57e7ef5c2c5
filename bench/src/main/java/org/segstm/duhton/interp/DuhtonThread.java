package org.segstm.duhton.interp;

import org.segstm.duhton.DuhtonError;
import org.segstm.duhton.value.OutputText;
import org.segstm.duhton.value.Printer;
import org.segstm.duhton.value.Shapes;
import org.segstm.duhton.value.Symbols;
import org.segstm.duhton.value.Values;
import org.segstm.heap.Mutator;

/** What an evaluation needs, one per thread of the VM: its mutator, what it has printed, how deep it is. */
public final class DuhtonThread {
    /** Stack that a thread must have to evaluate, in bytes; reserved, not used up. */
    public static final long STACK_BYTES = 1L << 30;
    /**
     * Stack frames of the interpreter that fit into the stack with room to spare, so that it is this limit that is met
     * and not the end of the stack in the middle of a heap operation.
     */
    private static final int MAXIMUM_DEPTH = 3_000_000;
    /** What a stack frame of the interpreter may take, in bytes. */
    public static final long STACK_BYTES_PER_UNIT = STACK_BYTES / MAXIMUM_DEPTH;

    private final Mutator mutator;
    private final Shapes shapes;
    private final Symbols symbols;
    private final FunctionTable functions;
    private final StopFlag stop;
    private final ThreadHost host;
    private final OutputText output = new OutputText();
    private final Printer printer;
    private int depth;
    private int atomicDepth;
    private int endedTransactions;
    private boolean commitWanted;
    private Pieces restartPoint;

    /**
     * Makes the state of a thread.
     *
     * @param mutator   of the thread.
     * @param shapes    of the heap.
     * @param symbols   of the program.
     * @param functions of the program.
     * @param stop      flag that the thread obeys.
     * @param host      that runs the thread.
     */
    public DuhtonThread(
            final Mutator mutator, final Shapes shapes, final Symbols symbols, final FunctionTable functions,
            final StopFlag stop, final ThreadHost host) {
        this.mutator = mutator;
        this.shapes = shapes;
        this.symbols = symbols;
        this.functions = functions;
        this.stop = stop;
        this.host = host;
        this.printer = new Printer(mutator, shapes, symbols, output);
    }

    /**
     * The mutator.
     *
     * @return the thread's handle of the heap.
     */
    public Mutator mutator() {
        return mutator;
    }

    /**
     * The shapes of the heap's objects.
     *
     * @return the shapes.
     */
    public Shapes shapes() {
        return shapes;
    }

    /**
     * The symbols of the program.
     *
     * @return the symbols.
     */
    public Symbols symbols() {
        return symbols;
    }

    /**
     * The code of the program.
     *
     * @return the functions.
     */
    public FunctionTable functions() {
        return functions;
    }

    /**
     * Who runs this thread.
     *
     * @return the host.
     */
    public ThreadHost host() {
        return host;
    }

    /**
     * What the running transaction has printed.
     *
     * @return the text.
     */
    public OutputText output() {
        return output;
    }

    /**
     * Prints values to {@link #output()}.
     *
     * @return the printer.
     */
    public Printer printer() {
        return printer;
    }

    /** Lets objects move and others stop this thread. */
    public void safepoint() {
        mutator.safepoint();
        stopIfAsked();
    }

    /** Forgets what an evaluation that was left by an exception did outside the heap. */
    public void reset() {
        restart(0, 0);
        restartPoint = null;
        output.clear();
    }

    /**
     * Goes back to where a transaction began.
     *
     * @param depthThen     stack frames of the interpreter there.
     * @param locationsThen the mutator's locations there.
     */
    void restart(final int depthThen, final int locationsThen) {
        depth = depthThen;
        mutator.restoreLocations(locationsThen);
        atomicDepth = 0;
        commitWanted = false;
    }

    /**
     * Says which loop begins the running transaction again when it is rolled back; null for the call as a whole.
     *
     * @param pieces of the loop.
     */
    void restartsAt(final Pieces pieces) {
        restartPoint = pieces;
    }

    boolean isRestartedAt(final Pieces pieces) {
        return restartPoint == pieces;
    }

    /** Commits what the running call has done so far. */
    void commitPiece() {
        commitWanted = false;
        endedTransactions++;
        if (!host.commitPiece()) {
            throw RestartException.INSTANCE;
        }
    }

    /** Notes that a call has ended the transaction and begun another one. */
    public void transactionEnded() {
        endedTransactions++;
    }

    /**
     * How many transactions have ended inside of a call; wraps around.
     *
     * @return compiled code compares it before and behind a call.
     */
    public int endedTransactions() {
        return endedTransactions;
    }

    /** Stops when that was asked for. */
    public void stopIfAsked() {
        if (stop.isSet()) {
            throw StoppedException.INSTANCE;
        }
    }

    int depth() {
        return depth;
    }

    /** A loop begins that asks whether a commit is due only where its polls are: then they have to be. */
    public void pollsIfCommitIsDue() {
        if (isCommitDue()) {
            mutator.keepPollsDue();
        }
    }

    /** Asks for a commit after the running turn of a loop. */
    public void askForCommit() {
        commitWanted = true;
    }

    /**
     * Shall the running transaction be committed after this turn of a loop?
     *
     * @return true when it was asked for, outside of atomic blocks.
     */
    public boolean isCommitDue() {
        return commitWanted && atomicDepth == 0;
    }

    /** Begins a block within which no transaction ends. */
    public void enterAtomic() {
        atomicDepth++;
    }

    /** Ends such a block. */
    public void leaveAtomic() {
        atomicDepth--;
    }

    /**
     * Goes deeper.
     *
     * @param units stack frames of the interpreter that may be needed.
     * @param line  of the source, for the error that it is too deep.
     */
    public void enter(final int units, final int line) {
        depth += units;
        if (depth > MAXIMUM_DEPTH) {
            throw new DuhtonError(DuhtonError.RECURSION_TOO_DEEP, line);
        }
    }

    /**
     * Comes back.
     *
     * @param units given to {@link #enter}.
     */
    public void leave(final int units) {
        depth -= units;
    }

    /**
     * Does a value count as true?
     *
     * @param value any value.
     * @return false for None, 0 and an empty list.
     */
    public boolean isTrue(final long value) {
        return Values.isInt(value) ? Values.intOf(value) != 0 : shapes.isTrue(mutator, value);
    }

    /**
     * The error that a value is not of the type that an operation needs.
     *
     * @param operation that needs it.
     * @param expected  name of the type.
     * @param value     of another type.
     * @param line      of the source.
     * @return the error.
     */
    public DuhtonError typeError(final String operation, final String expected, final long value, final int line) {
        return new DuhtonError(operation + ": expected '" + expected + "' argument, got '"
            + shapes.typeName(mutator, value) + "'", line);
    }
}

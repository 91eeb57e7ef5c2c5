package org.segstm.duhton.builtin;

import org.segstm.duhton.DuhtonError;
import org.segstm.duhton.interp.Analyzer;
import org.segstm.duhton.interp.CallNode;
import org.segstm.duhton.interp.Callee;
import org.segstm.duhton.interp.DuhtonThread;
import org.segstm.duhton.interp.ErrorNode;
import org.segstm.duhton.interp.Form;
import org.segstm.duhton.interp.FunctionCode;
import org.segstm.duhton.interp.Node;
import org.segstm.duhton.interp.Outline;
import org.segstm.duhton.interp.Scope;
import org.segstm.duhton.interp.SequenceNode;
import org.segstm.duhton.reader.SymbolDatum;
import org.segstm.duhton.value.Values;
import org.segstm.heap.Mutator;

/** {@code transaction run-transactions atomic hint-commit-soon}. */
final class TransactionNodes {
    private TransactionNodes() {
    }

    static Node transaction(final Form form, final Scope scope, final Analyzer analyzer) {
        if (form.count() == 0) {
            return form.wrongArguments("at least one argument");
        }
        if (!(form.argument(0) instanceof SymbolDatum)) {
            return ErrorNode.notASymbol(form.argument(0).typeName(), form.line());
        }
        final String name = ((SymbolDatum) form.argument(0)).name();
        final Node[] arguments = analyzer.analyzeAll(form.argumentsFrom(1), scope).toArray(new Node[0]);
        return new Transaction(
            analyzer.callee(name, scope), arguments, analyzer.isBuiltin(name), form.line());
    }

    static Node runTransactions(final Form form, final Scope scope, final Analyzer analyzer) {
        return form.count() == 0 ? new RunTransactions(form.line()) : form.wrongArguments("no argument");
    }

    static Node atomic(final Form form, final Scope scope, final Analyzer analyzer) {
        return new Atomic(SequenceNode.of(analyzer.analyzeAll(form.arguments(), scope), form.line()), form.line());
    }

    static Node hintCommitSoon(final Form form, final Scope scope, final Analyzer analyzer) {
        return form.count() == 0 ? new HintCommitSoon(form.line()) : form.wrongArguments("no argument");
    }

    /** A block within which no transaction ends. An exception ends the evaluation, and the block with it. */
    private static final class Atomic extends Node {
        private final Node body;

        Atomic(final Node body, final int line) {
            super(line);
            this.body = body;
        }

        @Override
        public Outline outline() {
            return new Outline(Outline.Kind.ATOMIC, 0, body);
        }

        @Override
        public long execute(final DuhtonThread thread, final int frame) {
            thread.enterAtomic();
            final long value = body.execute(thread, frame);
            thread.leaveAtomic();
            return value;
        }

        @Override
        public boolean reachesSafepoint() {
            return body.reachesSafepoint();
        }
    }

    private static final class HintCommitSoon extends Node {
        HintCommitSoon(final int line) {
            super(line);
        }

        @Override
        public Outline outline() {
            return new Outline(Outline.Kind.LEAF, 0);
        }

        @Override
        public long execute(final DuhtonThread thread, final int frame) {
            thread.askForCommit();
            return Values.NONE;
        }

        @Override
        public boolean reachesSafepoint() {
            return false;
        }
    }

    /** Evaluates the arguments now, for a call that runs later. */
    private static final class Transaction extends Node {
        private final Callee callee;
        private final Node[] arguments;
        private final boolean builtin;

        Transaction(final Callee callee, final Node[] arguments, final boolean builtin, final int line) {
            super(line);
            this.callee = callee;
            this.arguments = arguments;
            this.builtin = builtin;
        }

        @Override
        public Outline outline() {
            return new Outline(Outline.Kind.INTERPRETED, 0, arguments);
        }

        @Override
        public long execute(final DuhtonThread thread, final int frame) {
            final FunctionCode code = callee.find(thread, frame);
            if (code == null) {
                throw builtin
                    ? new DuhtonError("symbol refers to a macro: '" + callee.name() + "'", line())
                    : CallNode.notAFunction(callee.name(), line());
            }
            final Mutator mutator = thread.mutator();
            final int callFrame = mutator.rootDepth();
            callee.pushArguments(thread, frame, code, arguments, line());
            thread.host().queueCall(code, callFrame);
            mutator.truncateRoots(callFrame);
            return Values.NONE;
        }

        @Override
        public boolean reachesSafepoint() {
            return anyReachesSafepoint(arguments);
        }
    }

    private static final class RunTransactions extends Node {
        RunTransactions(final int line) {
            super(line);
        }

        @Override
        public Outline outline() {
            return new Outline(Outline.Kind.LEAF, 0);
        }

        @Override
        public long execute(final DuhtonThread thread, final int frame) {
            thread.host().runTransactions(line());
            thread.transactionEnded();
            return Values.NONE;
        }
    }
}

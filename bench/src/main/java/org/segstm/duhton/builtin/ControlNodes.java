package org.segstm.duhton.builtin;

import org.segstm.duhton.interp.Analyzer;
import org.segstm.duhton.interp.DuhtonThread;
import org.segstm.duhton.interp.Form;
import org.segstm.duhton.interp.Node;
import org.segstm.duhton.interp.Outline;
import org.segstm.duhton.interp.Scope;
import org.segstm.duhton.interp.SequenceNode;
import org.segstm.duhton.interp.WhileNode;

/** {@code progn if while}. */
final class ControlNodes {
    private ControlNodes() {
    }

    static Node progn(final Form form, final Scope scope, final Analyzer analyzer) {
        return SequenceNode.of(analyzer.analyzeAll(form.arguments(), scope), form.line());
    }

    static Node ifElse(final Form form, final Scope scope, final Analyzer analyzer) {
        if (form.count() < 2) {
            return form.wrongArguments("at least two arguments");
        }
        return new If(analyzer.analyze(form.argument(0), scope), analyzer.analyze(form.argument(1), scope),
            SequenceNode.of(analyzer.analyzeAll(form.argumentsFrom(2), scope), form.line()), form.line());
    }

    static Node whileTrue(final Form form, final Scope scope, final Analyzer analyzer) {
        if (form.count() == 0) {
            return form.wrongArguments("at least one argument");
        }
        return new WhileNode(analyzer.analyze(form.argument(0), scope),
            SequenceNode.of(analyzer.analyzeAll(form.argumentsFrom(1), scope), form.line()), analyzer.hotCodes(),
            scope.length(), form.line());
    }

    private static final class If extends Node {
        private final Node condition;
        private final Node whenTrue;
        private final Node whenFalse;

        If(final Node condition, final Node whenTrue, final Node whenFalse, final int line) {
            super(line);
            this.condition = condition;
            this.whenTrue = whenTrue;
            this.whenFalse = whenFalse;
        }

        @Override
        public Outline outline() {
            return new Outline(Outline.Kind.IF, 0, condition, whenTrue, whenFalse);
        }

        @Override
        public long execute(final DuhtonThread thread, final int frame) {
            return (condition.executeTruth(thread, frame) ? whenTrue : whenFalse).execute(thread, frame);
        }

        @Override
        public int executeInt(final DuhtonThread thread, final int frame) {
            return (condition.executeTruth(thread, frame) ? whenTrue : whenFalse).executeInt(thread, frame);
        }

        @Override
        public boolean reachesSafepoint() {
            return anyReachesSafepoint(condition, whenTrue, whenFalse);
        }
    }

    /** A loop; each turn ends at a safepoint, so that a loop that allocates nothing holds nobody up either. */
}

package org.segstm.duhton.builtin;

import org.segstm.duhton.DuhtonError;
import org.segstm.duhton.interp.Analyzer;
import org.segstm.duhton.interp.DuhtonThread;
import org.segstm.duhton.interp.Form;
import org.segstm.duhton.interp.Node;
import org.segstm.duhton.interp.Outline;
import org.segstm.duhton.interp.Scope;
import org.segstm.duhton.reader.Datum;
import org.segstm.duhton.value.Values;
import org.segstm.heap.Mutator;

/** {@code print assert}. */
final class PrintNodes {
    private PrintNodes() {
    }

    static Node print(final Form form, final Scope scope, final Analyzer analyzer) {
        return new Print(analyzer.analyzeAll(form.arguments(), scope).toArray(new Node[0]), form.line());
    }

    static Node assertTrue(final Form form, final Scope scope, final Analyzer analyzer) {
        return form.count() == 1
            ? new Assert(analyzer.analyze(form.argument(0), scope), form.argument(0), form.line())
            : form.wrongArguments("one argument");
    }

    /** All arguments are evaluated before the first is printed: they may print, too. */
    private static final class Print extends Node {
        private final Node[] expressions;

        Print(final Node[] expressions, final int line) {
            super(line);
            this.expressions = expressions;
        }

        @Override
        public Outline outline() {
            return new Outline(Outline.Kind.INTERPRETED, 0, expressions);
        }

        @Override
        public long execute(final DuhtonThread thread, final int frame) {
            final Mutator mutator = thread.mutator();
            final int base = mutator.rootDepth();
            for (final Node expression : expressions) {
                mutator.push(expression.execute(thread, frame));
            }
            for (int i = 0; i < expressions.length; i++) {
                if (i != 0) {
                    thread.output().append(' ');
                }
                thread.printer().print(mutator.root(base + i), line());
            }
            thread.output().append('\n');
            mutator.truncateRoots(base);
            return Values.NONE;
        }

        @Override
        public boolean reachesSafepoint() {
            return anyReachesSafepoint(expressions);
        }
    }

    private static final class Assert extends Node {
        private final Node condition;
        private final Datum text;

        Assert(final Node condition, final Datum text, final int line) {
            super(line);
            this.condition = condition;
            this.text = text;
        }

        @Override
        public Outline outline() {
            return new Outline(Outline.Kind.INTERPRETED, 0, condition);
        }

        @Override
        public long execute(final DuhtonThread thread, final int frame) {
            if (condition.executeInt(thread, frame) == 0) {
                throw new DuhtonError("assert failed", line(), "assert failed: " + text);
            }
            return Values.NONE;
        }

        @Override
        public boolean reachesSafepoint() {
            return condition.reachesSafepoint();
        }
    }
}

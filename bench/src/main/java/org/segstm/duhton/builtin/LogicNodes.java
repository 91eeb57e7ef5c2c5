package org.segstm.duhton.builtin;

import org.segstm.duhton.interp.Analyzer;
import org.segstm.duhton.interp.DuhtonThread;
import org.segstm.duhton.interp.Form;
import org.segstm.duhton.interp.Node;
import org.segstm.duhton.interp.Outline;
import org.segstm.duhton.interp.Scope;
import org.segstm.duhton.value.Values;

/** {@code || && not}: the value is 1 or 0, and an operand that does not matter is not evaluated. */
final class LogicNodes {
    private LogicNodes() {
    }

    static Node or(final Form form, final Scope scope, final Analyzer analyzer) {
        return new Until(true, analyzer.analyzeAll(form.arguments(), scope).toArray(new Node[0]), form.line());
    }

    static Node and(final Form form, final Scope scope, final Analyzer analyzer) {
        return new Until(false, analyzer.analyzeAll(form.arguments(), scope).toArray(new Node[0]), form.line());
    }

    static Node not(final Form form, final Scope scope, final Analyzer analyzer) {
        return form.count() == 1
            ? new Not(analyzer.analyze(form.argument(0), scope), form.line())
            : form.wrongArguments("one argument");
    }

    /** Evaluates conditions until one has the outcome that decides. */
    private static final class Until extends Node {
        private final boolean decisive;
        private final Node[] conditions;

        Until(final boolean decisive, final Node[] conditions, final int line) {
            super(line);
            this.decisive = decisive;
            this.conditions = conditions;
        }

        @Override
        public Outline outline() {
            return new Outline(decisive ? Outline.Kind.OR : Outline.Kind.AND, 0, conditions);
        }

        @Override
        public boolean executeTruth(final DuhtonThread thread, final int frame) {
            for (final Node condition : conditions) {
                if (condition.executeTruth(thread, frame) == decisive) {
                    return decisive;
                }
            }
            return !decisive;
        }

        @Override
        public long execute(final DuhtonThread thread, final int frame) {
            return Values.ofBoolean(executeTruth(thread, frame));
        }

        @Override
        public boolean reachesSafepoint() {
            return anyReachesSafepoint(conditions);
        }
    }

    private static final class Not extends Node {
        private final Node condition;

        Not(final Node condition, final int line) {
            super(line);
            this.condition = condition;
        }

        @Override
        public Outline outline() {
            return new Outline(Outline.Kind.NOT, 0, condition);
        }

        @Override
        public boolean executeTruth(final DuhtonThread thread, final int frame) {
            return !condition.executeTruth(thread, frame);
        }

        @Override
        public long execute(final DuhtonThread thread, final int frame) {
            return Values.ofBoolean(executeTruth(thread, frame));
        }

        @Override
        public boolean reachesSafepoint() {
            return condition.reachesSafepoint();
        }
    }
}

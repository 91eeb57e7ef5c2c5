package org.segstm.duhton.builtin;

import org.segstm.duhton.interp.Analyzer;
import org.segstm.duhton.interp.DuhtonThread;
import org.segstm.duhton.interp.Form;
import org.segstm.duhton.interp.Node;
import org.segstm.duhton.interp.Outline;
import org.segstm.duhton.interp.Scope;
import org.segstm.duhton.interp.TargetNode;
import org.segstm.duhton.value.Values;
import org.segstm.heap.Mutator;

/** {@code cons car cdr pair?}. */
final class PairNodes {
    private PairNodes() {
    }

    static Node cons(final Form form, final Scope scope, final Analyzer analyzer) {
        return form.count() == 2
            ? new Cons(
                analyzer.analyze(form.argument(0), scope), analyzer.analyze(form.argument(1), scope), form.line())
            : form.wrongArguments("two arguments");
    }

    static Node car(final Form form, final Scope scope, final Analyzer analyzer) {
        return form.count() == 1
            ? new Half(true, analyzer.analyze(form.argument(0), scope), form.line())
            : form.wrongArguments("one argument");
    }

    static Node cdr(final Form form, final Scope scope, final Analyzer analyzer) {
        return form.count() == 1
            ? new Half(false, analyzer.analyze(form.argument(0), scope), form.line())
            : form.wrongArguments("one argument");
    }

    static Node isPair(final Form form, final Scope scope, final Analyzer analyzer) {
        return form.count() == 1
            ? new IsPair(analyzer.analyze(form.argument(0), scope), form.line())
            : form.wrongArguments("one argument");
    }

    private static final class Cons extends TargetNode {
        Cons(final Node first, final Node second, final int line) {
            super(first, null, second, line);
        }

        @Override
        protected Outline.Kind kind() {
            return Outline.Kind.PAIR;
        }

        @Override
        public long execute(final DuhtonThread thread, final int frame) {
            final Mutator mutator = thread.mutator();
            long value = target.execute(thread, frame);
            final long content;
            if (keepTarget) {
                mutator.push(value);
                content = operand.execute(thread, frame);
                value = mutator.pop();
            } else {
                content = operand.execute(thread, frame);
            }
            return apply(thread, value, 0, content);
        }

        @Override
        public long apply(
                final DuhtonThread thread, final long value, final int position, final long content) {
            return thread.shapes().newCons(thread.mutator(), value, content);
        }
    }

    private static final class Half extends TargetNode {
        private final boolean first;

        Half(final boolean first, final Node cons, final int line) {
            super(cons, null, null, line);
            this.first = first;
        }

        @Override
        protected Outline.Kind kind() {
            return first ? Outline.Kind.FIRST : Outline.Kind.SECOND;
        }

        @Override
        public long execute(final DuhtonThread thread, final int frame) {
            return apply(thread, target.execute(thread, frame), 0, 0);
        }

        @Override
        public long apply(
                final DuhtonThread thread, final long value, final int position, final long content) {
            final Mutator mutator = thread.mutator();
            if (!thread.shapes().isCons(mutator, value)) {
                throw thread.typeError(first ? "DuCons_Car" : "DuCons_Cdr", "cons", value, line());
            }
            return mutator.getRef(value, first ? thread.shapes().car : thread.shapes().cdr);
        }
    }

    private static final class IsPair extends TargetNode {
        IsPair(final Node expression, final int line) {
            super(expression, null, null, line);
        }

        @Override
        protected Outline.Kind kind() {
            return Outline.Kind.IS_PAIR;
        }

        @Override
        public long execute(final DuhtonThread thread, final int frame) {
            return apply(thread, target.execute(thread, frame), 0, 0);
        }

        @Override
        public long apply(
                final DuhtonThread thread, final long value, final int position, final long content) {
            return Values.ofBoolean(thread.shapes().isCons(thread.mutator(), value));
        }
    }
}

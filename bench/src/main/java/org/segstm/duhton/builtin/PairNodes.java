package org.segstm.duhton.builtin;

import org.segstm.duhton.interp.Analyzer;
import org.segstm.duhton.interp.DuhtonThread;
import org.segstm.duhton.interp.Form;
import org.segstm.duhton.interp.Node;
import org.segstm.duhton.interp.Scope;
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

    private static final class Cons extends Node {
        private final Node first;
        private final Node second;
        private final boolean keepFirst;

        Cons(final Node first, final Node second, final int line) {
            super(line);
            this.first = first;
            this.second = second;
            this.keepFirst = second.reachesSafepoint();
        }

        @Override
        public long execute(final DuhtonThread thread, final int frame) {
            final Mutator mutator = thread.mutator();
            long car = first.execute(thread, frame);
            final long cdr;
            if (keepFirst) {
                mutator.push(car);
                cdr = second.execute(thread, frame);
                car = mutator.pop();
            } else {
                cdr = second.execute(thread, frame);
            }
            return thread.shapes().newCons(mutator, car, cdr);
        }

        @Override
        public boolean reachesSafepoint() {
            return anyReachesSafepoint(first, second);
        }
    }

    private static final class Half extends Node {
        private final boolean first;
        private final Node cons;

        Half(final boolean first, final Node cons, final int line) {
            super(line);
            this.first = first;
            this.cons = cons;
        }

        @Override
        public long execute(final DuhtonThread thread, final int frame) {
            final long value = cons.execute(thread, frame);
            final Mutator mutator = thread.mutator();
            if (!thread.shapes().isCons(mutator, value)) {
                throw thread.typeError(first ? "DuCons_Car" : "DuCons_Cdr", "cons", value, line());
            }
            return mutator.getRef(value, first ? thread.shapes().car : thread.shapes().cdr);
        }

        @Override
        public boolean reachesSafepoint() {
            return cons.reachesSafepoint();
        }
    }

    private static final class IsPair extends Node {
        private final Node expression;

        IsPair(final Node expression, final int line) {
            super(line);
            this.expression = expression;
        }

        @Override
        public boolean executeTruth(final DuhtonThread thread, final int frame) {
            return thread.shapes().isCons(thread.mutator(), expression.execute(thread, frame));
        }

        @Override
        public long execute(final DuhtonThread thread, final int frame) {
            return Values.ofBoolean(executeTruth(thread, frame));
        }

        @Override
        public boolean reachesSafepoint() {
            return expression.reachesSafepoint();
        }
    }
}

package org.segstm.duhton.builtin;

import org.segstm.duhton.DuhtonError;
import org.segstm.duhton.interp.Analyzer;
import org.segstm.duhton.interp.DuhtonThread;
import org.segstm.duhton.interp.Form;
import org.segstm.duhton.interp.Node;
import org.segstm.duhton.interp.Outline;
import org.segstm.duhton.interp.Scope;
import org.segstm.duhton.interp.TargetNode;
import org.segstm.duhton.value.Lists;
import org.segstm.duhton.value.Values;
import org.segstm.heap.Mutator;

/** {@code list append pop len}. */
final class ListNodes {
    private ListNodes() {
    }

    static Node list(final Form form, final Scope scope, final Analyzer analyzer) {
        return new NewList(analyzer.analyzeAll(form.arguments(), scope).toArray(new Node[0]), form.line());
    }

    static Node append(final Form form, final Scope scope, final Analyzer analyzer) {
        return form.count() == 2
            ? new Append(
                analyzer.analyze(form.argument(0), scope), analyzer.analyze(form.argument(1), scope), form.line())
            : form.wrongArguments("two arguments");
    }

    static Node pop(final Form form, final Scope scope, final Analyzer analyzer) {
        switch (form.count()) {
            case 0:
                return form.wrongArguments("at least one argument");
            case 1:
                return new PopLast(analyzer.analyze(form.argument(0), scope), form.line());
            case 2:
                return new Pop(
                    analyzer.analyze(form.argument(0), scope), analyzer.analyze(form.argument(1), scope), form.line());
            default:
                return form.wrongArguments("at most two arguments");
        }
    }

    static Node length(final Form form, final Scope scope, final Analyzer analyzer) {
        return form.count() == 1
            ? new Length(analyzer.analyze(form.argument(0), scope), form.line())
            : form.wrongArguments("one argument");
    }

    private static final class NewList extends Node {
        private final Node[] elements;

        NewList(final Node[] elements, final int line) {
            super(line);
            this.elements = elements;
        }

        @Override
        public Outline outline() {
            return new Outline(Outline.Kind.LIST, 0, elements);
        }

        @Override
        public long execute(final DuhtonThread thread, final int frame) {
            final Mutator mutator = thread.mutator();
            final int base = mutator.rootDepth();
            for (final Node element : elements) {
                mutator.push(element.execute(thread, frame));
            }
            final long listRef = Lists.ofRoots(mutator, thread.shapes(), base);
            mutator.truncateRoots(base);
            return listRef;
        }

        @Override
        public boolean reachesSafepoint() {
            return anyReachesSafepoint(elements);
        }
    }

    private static final class Append extends TargetNode {
        Append(final Node list, final Node element, final int line) {
            super(list, null, element, line);
        }

        @Override
        protected Outline.Kind kind() {
            return Outline.Kind.APPEND;
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
            checkList("DuList_Append", thread, value, line());
            Lists.append(thread.mutator(), thread.shapes(), value, content);
            return value;
        }
    }

    private static final class PopLast extends TargetNode {
        PopLast(final Node list, final int line) {
            super(list, null, null, line);
        }

        @Override
        protected Outline.Kind kind() {
            return Outline.Kind.REMOVE_LAST;
        }

        @Override
        public long execute(final DuhtonThread thread, final int frame) {
            return apply(thread, target.execute(thread, frame), 0, 0);
        }

        @Override
        public long apply(
                final DuhtonThread thread, final long value, final int position, final long content) {
            checkList("DuList_Size", thread, value, line());
            final int length = Lists.length(thread.mutator(), thread.shapes(), value);
            if (length == 0) {
                throw new DuhtonError("pop: empty list", line());
            }
            return Lists.pop(thread.mutator(), thread.shapes(), value, length - 1, line());
        }
    }

    private static final class Pop extends TargetNode {
        Pop(final Node list, final Node index, final int line) {
            super(list, index, null, line);
        }

        @Override
        public long execute(final DuhtonThread thread, final int frame) {
            final Mutator mutator = thread.mutator();
            long value = target.execute(thread, frame);
            final int position;
            if (keepTarget) {
                mutator.push(value);
                position = index.executeInt(thread, frame);
                value = mutator.pop();
            } else {
                position = index.executeInt(thread, frame);
            }
            return apply(thread, value, position, 0);
        }

        @Override
        public long apply(
                final DuhtonThread thread, final long value, final int position, final long content) {
            checkList("DuList_Pop", thread, value, line());
            return Lists.pop(thread.mutator(), thread.shapes(), value, position, line());
        }
    }

    private static final class Length extends TargetNode {
        Length(final Node list, final int line) {
            super(list, null, null, line);
        }

        @Override
        protected Outline.Kind kind() {
            return Outline.Kind.LENGTH;
        }

        @Override
        public long execute(final DuhtonThread thread, final int frame) {
            return apply(thread, target.execute(thread, frame), 0, 0);
        }

        @Override
        public long apply(
                final DuhtonThread thread, final long value, final int position, final long content) {
            final Mutator mutator = thread.mutator();
            if (!thread.shapes().isList(mutator, value)) {
                throw new DuhtonError(
                    "object of type '" + thread.shapes().typeName(mutator, value) + "' has no length", line());
            }
            return Values.ofInt(Lists.length(mutator, thread.shapes(), value));
        }
    }

    private static void checkList(
            final String operation, final DuhtonThread thread, final long value, final int line) {
        if (!thread.shapes().isList(thread.mutator(), value)) {
            throw thread.typeError(operation, "list", value, line);
        }
    }
}

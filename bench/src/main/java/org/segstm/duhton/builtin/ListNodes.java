package org.segstm.duhton.builtin;

import org.segstm.duhton.DuhtonError;
import org.segstm.duhton.interp.Analyzer;
import org.segstm.duhton.interp.DuhtonThread;
import org.segstm.duhton.interp.Form;
import org.segstm.duhton.interp.Node;
import org.segstm.duhton.interp.Scope;
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

    private static final class Append extends Node {
        private final Node list;
        private final Node element;
        private final boolean keepList;

        Append(final Node list, final Node element, final int line) {
            super(line);
            this.list = list;
            this.element = element;
            this.keepList = element.reachesSafepoint();
        }

        @Override
        public long execute(final DuhtonThread thread, final int frame) {
            final Mutator mutator = thread.mutator();
            long listRef = list.execute(thread, frame);
            final long value;
            if (keepList) {
                mutator.push(listRef);
                value = element.execute(thread, frame);
                listRef = mutator.pop();
            } else {
                value = element.execute(thread, frame);
            }
            checkList("DuList_Append", thread, listRef, line());
            Lists.append(mutator, thread.shapes(), listRef, value);
            return listRef;
        }

        @Override
        public boolean reachesSafepoint() {
            return anyReachesSafepoint(list, element);
        }
    }

    private static final class PopLast extends Node {
        private final Node list;

        PopLast(final Node list, final int line) {
            super(line);
            this.list = list;
        }

        @Override
        public long execute(final DuhtonThread thread, final int frame) {
            final long listRef = list.execute(thread, frame);
            checkList("DuList_Size", thread, listRef, line());
            final int length = Lists.length(thread.mutator(), thread.shapes(), listRef);
            if (length == 0) {
                throw new DuhtonError("pop: empty list", line());
            }
            return Lists.pop(thread.mutator(), thread.shapes(), listRef, length - 1, line());
        }

        @Override
        public boolean reachesSafepoint() {
            return list.reachesSafepoint();
        }
    }

    private static final class Pop extends Node {
        private final Node list;
        private final Node index;
        private final boolean keepList;

        Pop(final Node list, final Node index, final int line) {
            super(line);
            this.list = list;
            this.index = index;
            this.keepList = index.reachesSafepoint();
        }

        @Override
        public long execute(final DuhtonThread thread, final int frame) {
            final Mutator mutator = thread.mutator();
            long listRef = list.execute(thread, frame);
            final int position;
            if (keepList) {
                mutator.push(listRef);
                position = index.executeInt(thread, frame);
                listRef = mutator.pop();
            } else {
                position = index.executeInt(thread, frame);
            }
            checkList("DuList_Pop", thread, listRef, line());
            return Lists.pop(mutator, thread.shapes(), listRef, position, line());
        }

        @Override
        public boolean reachesSafepoint() {
            return anyReachesSafepoint(list, index);
        }
    }

    private static final class Length extends Node {
        private final Node list;

        Length(final Node list, final int line) {
            super(line);
            this.list = list;
        }

        @Override
        public int executeInt(final DuhtonThread thread, final int frame) {
            final long value = list.execute(thread, frame);
            final Mutator mutator = thread.mutator();
            if (!thread.shapes().isList(mutator, value)) {
                throw new DuhtonError(
                    "object of type '" + thread.shapes().typeName(mutator, value) + "' has no length", line());
            }
            return Lists.length(mutator, thread.shapes(), value);
        }

        @Override
        public long execute(final DuhtonThread thread, final int frame) {
            return Values.ofInt(executeInt(thread, frame));
        }

        @Override
        public boolean reachesSafepoint() {
            return list.reachesSafepoint();
        }
    }

    private static void checkList(
            final String operation, final DuhtonThread thread, final long value, final int line) {
        if (!thread.shapes().isList(thread.mutator(), value)) {
            throw thread.typeError(operation, "list", value, line);
        }
    }
}

package org.segstm.duhton.builtin;

import org.segstm.duhton.DuhtonError;
import org.segstm.duhton.interp.Analyzer;
import org.segstm.duhton.interp.ConstantNode;
import org.segstm.duhton.interp.DuhtonThread;
import org.segstm.duhton.interp.Form;
import org.segstm.duhton.interp.Node;
import org.segstm.duhton.interp.Scope;
import org.segstm.duhton.value.Lists;
import org.segstm.duhton.value.Shapes;
import org.segstm.duhton.value.Values;
import org.segstm.heap.Mutator;

/** {@code container get set}. What get and set take depends on whether they are applied to a list or a container. */
final class CellNodes {
    private CellNodes() {
    }

    static Node container(final Form form, final Scope scope, final Analyzer analyzer) {
        if (form.count() > 1) {
            return form.wrongArguments("one argument");
        }
        return new NewContainer(form.count() == 0
            ? new ConstantNode(Values.NONE, form.line()) : analyzer.analyze(form.argument(0), scope), form.line());
    }

    static Node get(final Form form, final Scope scope, final Analyzer analyzer) {
        switch (form.count()) {
            case 0:
                return form.wrongArguments("at least one argument");
            case 1:
                return new GetContent(analyzer.analyze(form.argument(0), scope), form.line());
            case 2:
                return new GetElement(
                    analyzer.analyze(form.argument(0), scope), analyzer.analyze(form.argument(1), scope), form.line());
            default:
                return wrongForBoth(form, scope, analyzer, "two arguments", "one argument");
        }
    }

    static Node set(final Form form, final Scope scope, final Analyzer analyzer) {
        switch (form.count()) {
            case 0:
            case 1:
                return form.wrongArguments("at least two arguments");
            case 2:
                return new SetContent(
                    analyzer.analyze(form.argument(0), scope), analyzer.analyze(form.argument(1), scope), form.line());
            case 3:
                return new SetElement(
                    analyzer.analyze(form.argument(0), scope), analyzer.analyze(form.argument(1), scope),
                    analyzer.analyze(form.argument(2), scope), form.line());
            default:
                return wrongForBoth(form, scope, analyzer, "three arguments", "two arguments");
        }
    }

    private static Node wrongForBoth(
            final Form form, final Scope scope, final Analyzer analyzer, final String forList,
            final String forContainer) {
        return new WrongForBoth(analyzer.analyze(form.argument(0), scope),
            form.name() + " with a list: expected " + forList,
            form.name() + " with a container: expected " + forContainer, form.name(), form.line());
    }

    private static DuhtonError badType(
            final String operation, final DuhtonThread thread, final long value, final int line) {
        return new DuhtonError(operation + ": bad argument type '"
            + thread.shapes().typeName(thread.mutator(), value) + "'", line);
    }

    private static final class NewContainer extends Node {
        private final Node content;

        NewContainer(final Node content, final int line) {
            super(line);
            this.content = content;
        }

        @Override
        public long execute(final DuhtonThread thread, final int frame) {
            final long value = content.execute(thread, frame);
            return thread.shapes().newContainer(thread.mutator(), value);
        }

        @Override
        public boolean reachesSafepoint() {
            return content.reachesSafepoint();
        }
    }

    private static final class GetContent extends Node {
        private final Node container;

        GetContent(final Node container, final int line) {
            super(line);
            this.container = container;
        }

        @Override
        public long execute(final DuhtonThread thread, final int frame) {
            final long value = container.execute(thread, frame);
            final Mutator mutator = thread.mutator();
            if (!thread.shapes().isContainer(mutator, value)) {
                throw thread.shapes().isList(mutator, value)
                    ? new DuhtonError("get with a list: expected two arguments", line())
                    : badType("get", thread, value, line());
            }
            return mutator.getRef(value, thread.shapes().content);
        }

        @Override
        public boolean reachesSafepoint() {
            return container.reachesSafepoint();
        }
    }

    private static final class GetElement extends Node {
        private final Node list;
        private final Node index;
        private final boolean keepList;

        GetElement(final Node list, final Node index, final int line) {
            super(line);
            this.list = list;
            this.index = index;
            this.keepList = index.reachesSafepoint();
        }

        @Override
        public long execute(final DuhtonThread thread, final int frame) {
            final Mutator mutator = thread.mutator();
            final Shapes shapes = thread.shapes();
            long value = list.execute(thread, frame);
            if (!shapes.isList(mutator, value)) {
                throw shapes.isContainer(mutator, value)
                    ? new DuhtonError("get with a container: expected one argument", line())
                    : badType("get", thread, value, line());
            }
            final int position;
            if (keepList) {
                mutator.push(value);
                position = index.executeInt(thread, frame);
                value = mutator.pop();
            } else {
                position = index.executeInt(thread, frame);
            }
            return Lists.get(mutator, shapes, value, position, line());
        }

        @Override
        public boolean reachesSafepoint() {
            return anyReachesSafepoint(list, index);
        }
    }

    private static final class SetContent extends Node {
        private final Node container;
        private final Node content;
        private final boolean keepContainer;

        SetContent(final Node container, final Node content, final int line) {
            super(line);
            this.container = container;
            this.content = content;
            this.keepContainer = content.reachesSafepoint();
        }

        @Override
        public long execute(final DuhtonThread thread, final int frame) {
            final Mutator mutator = thread.mutator();
            final Shapes shapes = thread.shapes();
            long value = container.execute(thread, frame);
            if (!shapes.isContainer(mutator, value)) {
                throw shapes.isList(mutator, value)
                    ? new DuhtonError("set with a list: expected three arguments", line())
                    : badType("set", thread, value, line());
            }
            final long newContent;
            if (keepContainer) {
                mutator.push(value);
                newContent = content.execute(thread, frame);
                value = mutator.pop();
            } else {
                newContent = content.execute(thread, frame);
            }
            mutator.putRef(value, shapes.content, newContent);
            return Values.NONE;
        }

        @Override
        public boolean reachesSafepoint() {
            return anyReachesSafepoint(container, content);
        }
    }

    private static final class SetElement extends Node {
        private final Node list;
        private final Node index;
        private final Node element;
        private final boolean keepList;

        SetElement(final Node list, final Node index, final Node element, final int line) {
            super(line);
            this.list = list;
            this.index = index;
            this.element = element;
            this.keepList = anyReachesSafepoint(index, element);
        }

        @Override
        public long execute(final DuhtonThread thread, final int frame) {
            final Mutator mutator = thread.mutator();
            final Shapes shapes = thread.shapes();
            long value = list.execute(thread, frame);
            if (!shapes.isList(mutator, value)) {
                throw shapes.isContainer(mutator, value)
                    ? new DuhtonError("set with a container: expected two arguments", line())
                    : badType("set", thread, value, line());
            }
            final int position;
            final long newElement;
            if (keepList) {
                mutator.push(value);
                position = index.executeInt(thread, frame);
                newElement = element.execute(thread, frame);
                value = mutator.pop();
            } else {
                position = index.executeInt(thread, frame);
                newElement = element.execute(thread, frame);
            }
            Lists.set(mutator, shapes, value, position, newElement, line());
            return Values.NONE;
        }

        @Override
        public boolean reachesSafepoint() {
            return anyReachesSafepoint(list, index, element);
        }
    }

    /** More arguments than either a list or a container takes: which error it is depends on the value. */
    private static final class WrongForBoth extends Node {
        private final Node target;
        private final String errorForList;
        private final String errorForContainer;
        private final String operation;

        WrongForBoth(
                final Node target, final String errorForList, final String errorForContainer, final String operation,
                final int line) {
            super(line);
            this.target = target;
            this.errorForList = errorForList;
            this.errorForContainer = errorForContainer;
            this.operation = operation;
        }

        @Override
        public long execute(final DuhtonThread thread, final int frame) {
            final long value = target.execute(thread, frame);
            if (thread.shapes().isList(thread.mutator(), value)) {
                throw new DuhtonError(errorForList, line());
            }
            if (thread.shapes().isContainer(thread.mutator(), value)) {
                throw new DuhtonError(errorForContainer, line());
            }
            throw badType(operation, thread, value, line());
        }
    }
}

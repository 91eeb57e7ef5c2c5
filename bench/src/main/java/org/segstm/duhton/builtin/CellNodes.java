package org.segstm.duhton.builtin;

import org.segstm.duhton.DuhtonError;
import org.segstm.duhton.interp.Analyzer;
import org.segstm.duhton.interp.ConstantNode;
import org.segstm.duhton.interp.DuhtonThread;
import org.segstm.duhton.interp.Form;
import org.segstm.duhton.interp.Node;
import org.segstm.duhton.interp.Outline;
import org.segstm.duhton.interp.Scope;
import org.segstm.duhton.interp.TargetNode;
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

    /** The error for what is no list or no container; the other of the two has a text of its own. */
    private static DuhtonError wrongTarget(
            final DuhtonThread thread, final long value, final String operation, final String textForOther,
            final int line) {
        final Shapes shapes = thread.shapes();
        return shapes.isList(thread.mutator(), value) || shapes.isContainer(thread.mutator(), value)
            ? new DuhtonError(textForOther, line) : badType(operation, thread, value, line);
    }

    private static final class NewContainer extends TargetNode {
        NewContainer(final Node content, final int line) {
            super(content, null, null, line);
        }

        @Override
        protected Outline.Kind kind() {
            return Outline.Kind.CONTAINER;
        }

        @Override
        public long execute(final DuhtonThread thread, final int frame) {
            return apply(thread, target.execute(thread, frame), 0, 0);
        }

        @Override
        public long apply(
                final DuhtonThread thread, final long value, final int position, final long content) {
            return thread.shapes().newContainer(thread.mutator(), value);
        }
    }

    private static final class GetContent extends TargetNode {
        GetContent(final Node container, final int line) {
            super(container, null, null, line);
        }

        @Override
        protected Outline.Kind kind() {
            return Outline.Kind.GET_CONTENT;
        }

        @Override
        public long execute(final DuhtonThread thread, final int frame) {
            return apply(thread, target.execute(thread, frame), 0, 0);
        }

        @Override
        public long apply(
                final DuhtonThread thread, final long value, final int position, final long content) {
            final Mutator mutator = thread.mutator();
            if (!thread.shapes().isContainer(mutator, value)) {
                throw wrongTarget(thread, value, "get", "get with a list: expected two arguments", line());
            }
            return mutator.getRef(value, thread.shapes().content);
        }
    }

    private static final class GetElement extends TargetNode {
        GetElement(final Node list, final Node index, final int line) {
            super(list, index, null, line);
        }

        @Override
        protected Outline.Kind kind() {
            return Outline.Kind.GET_ELEMENT;
        }

        @Override
        public long execute(final DuhtonThread thread, final int frame) {
            final Mutator mutator = thread.mutator();
            long value = target.execute(thread, frame);
            check(thread, value);
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
        public void check(final DuhtonThread thread, final long value) {
            if (!thread.shapes().isList(thread.mutator(), value)) {
                throw wrongTarget(thread, value, "get", "get with a container: expected one argument", line());
            }
        }

        @Override
        public boolean isChecked() {
            return true;
        }

        @Override
        public long apply(
                final DuhtonThread thread, final long value, final int position, final long content) {
            return Lists.get(thread.mutator(), thread.shapes(), value, position, line());
        }
    }

    private static final class SetContent extends TargetNode {
        SetContent(final Node container, final Node content, final int line) {
            super(container, null, content, line);
        }

        @Override
        protected Outline.Kind kind() {
            return Outline.Kind.SET_CONTENT;
        }

        @Override
        public long execute(final DuhtonThread thread, final int frame) {
            final Mutator mutator = thread.mutator();
            long value = target.execute(thread, frame);
            check(thread, value);
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
        public void check(final DuhtonThread thread, final long value) {
            if (!thread.shapes().isContainer(thread.mutator(), value)) {
                throw wrongTarget(thread, value, "set", "set with a list: expected three arguments", line());
            }
        }

        @Override
        public boolean isChecked() {
            return true;
        }

        @Override
        public long apply(
                final DuhtonThread thread, final long value, final int position, final long content) {
            thread.mutator().putRef(value, thread.shapes().content, content);
            return Values.NONE;
        }
    }

    private static final class SetElement extends TargetNode {
        SetElement(final Node list, final Node index, final Node element, final int line) {
            super(list, index, element, line);
        }

        @Override
        protected Outline.Kind kind() {
            return Outline.Kind.SET_ELEMENT;
        }

        @Override
        public long execute(final DuhtonThread thread, final int frame) {
            final Mutator mutator = thread.mutator();
            long value = target.execute(thread, frame);
            check(thread, value);
            final int position;
            final long content;
            if (keepTarget) {
                mutator.push(value);
                position = index.executeInt(thread, frame);
                content = operand.execute(thread, frame);
                value = mutator.pop();
            } else {
                position = index.executeInt(thread, frame);
                content = operand.execute(thread, frame);
            }
            return apply(thread, value, position, content);
        }

        @Override
        public void check(final DuhtonThread thread, final long value) {
            if (!thread.shapes().isList(thread.mutator(), value)) {
                throw wrongTarget(thread, value, "set", "set with a container: expected two arguments", line());
            }
        }

        @Override
        public boolean isChecked() {
            return true;
        }

        @Override
        public long apply(
                final DuhtonThread thread, final long value, final int position, final long content) {
            Lists.set(thread.mutator(), thread.shapes(), value, position, content, line());
            return Values.NONE;
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
        public Outline outline() {
            return new Outline(Outline.Kind.INTERPRETED, 0, target);
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

package org.segstm.duhton.builtin;

import org.segstm.duhton.interp.Analyzer;
import org.segstm.duhton.interp.DuhtonThread;
import org.segstm.duhton.interp.Form;
import org.segstm.duhton.interp.Node;
import org.segstm.duhton.interp.Outline;
import org.segstm.duhton.interp.Scope;
import org.segstm.duhton.interp.TargetNode;
import org.segstm.duhton.value.Shapes;
import org.segstm.duhton.value.Values;

/** {@code type sleepms time}. */
final class SystemNodes {
    private SystemNodes() {
    }

    static Node type(final Form form, final Scope scope, final Analyzer analyzer) {
        return form.count() == 1
            ? new Type(analyzer.analyze(form.argument(0), scope), form.line())
            : form.wrongArguments("one argument");
    }

    static Node sleep(final Form form, final Scope scope, final Analyzer analyzer) {
        return form.count() == 1
            ? new Sleep(analyzer.analyze(form.argument(0), scope), form.line())
            : form.wrongArguments("one argument");
    }

    static Node time(final Form form, final Scope scope, final Analyzer analyzer) {
        return form.count() == 0 ? new Time(form.line()) : form.wrongArguments("no argument");
    }

    private static final class Type extends TargetNode {
        Type(final Node expression, final int line) {
            super(expression, null, null, line);
        }

        @Override
        public long execute(final DuhtonThread thread, final int frame) {
            return apply(thread, target.execute(thread, frame), 0, 0);
        }

        @Override
        public long apply(
                final DuhtonThread thread, final long value, final int position, final long content) {
            final Shapes shapes = thread.shapes();
            return thread.symbols().ref(shapes.typeName(thread.mutator(), value));
        }
    }

    private static final class Sleep extends Node {
        private final Node milliseconds;

        Sleep(final Node milliseconds, final int line) {
            super(line);
            this.milliseconds = milliseconds;
        }

        @Override
        public Outline outline() {
            return new Outline(Outline.Kind.INTERPRETED, 0, milliseconds);
        }

        @Override
        public long execute(final DuhtonThread thread, final int frame) {
            thread.host().sleep(Math.max(0, milliseconds.executeInt(thread, frame)));
            return Values.NONE;
        }
    }

    /** Milliseconds of the clock, without the sign bit. */
    private static final class Time extends Node {
        Time(final int line) {
            super(line);
        }

        @Override
        public Outline outline() {
            return new Outline(Outline.Kind.LEAF, 0);
        }

        @Override
        public int executeInt(final DuhtonThread thread, final int frame) {
            return (int) System.currentTimeMillis() & Integer.MAX_VALUE;
        }

        @Override
        public long execute(final DuhtonThread thread, final int frame) {
            return Values.ofInt(executeInt(thread, frame));
        }

        @Override
        public boolean reachesSafepoint() {
            return false;
        }
    }
}

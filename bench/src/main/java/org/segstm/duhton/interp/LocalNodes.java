package org.segstm.duhton.interp;

import org.segstm.duhton.value.Values;

/**
 * Variables of the running function. Its frame is a piece of the shadow stack with a slot for each name that the
 * function can bind; an unbound slot means that the name is looked up among the globals.
 */
public final class LocalNodes {
    private LocalNodes() {
    }

    /** Reads a variable. */
    public static final class Read extends Node {
        private final int slot;
        private final Node global;

        /**
         * A variable of the frame.
         *
         * @param slot   of the variable in the frame.
         * @param global the global variable of that name.
         */
        public Read(final int slot, final Node global) {
            super(global.line());
            this.slot = slot;
            this.global = global;
        }

        @Override
        public Outline outline() {
            return new Outline(Outline.Kind.LOCAL_READ, slot, global);
        }

        @Override
        public long execute(final DuhtonThread thread, final int frame) {
            final long value = thread.mutator().root(frame + slot);
            return value == Values.UNBOUND ? global.execute(thread, frame) : value;
        }

        @Override
        public int executeInt(final DuhtonThread thread, final int frame) {
            final long value = thread.mutator().root(frame + slot);
            return Values.isInt(value) ? Values.intOf(value) : executeIntSlowPath(thread, frame);
        }

        private int executeIntSlowPath(final DuhtonThread thread, final int frame) {
            return toInt(execute(thread, frame), thread);
        }

        @Override
        public boolean reachesSafepoint() {
            return false;
        }
    }

    /** Binds a variable. */
    public static final class Write extends Node {
        private final int slot;
        private final Node expression;

        /**
         * A binding in the frame.
         *
         * @param slot       of the variable in the frame.
         * @param expression whose value it gets.
         * @param line       of the source.
         */
        public Write(final int slot, final Node expression, final int line) {
            super(line);
            this.slot = slot;
            this.expression = expression;
        }

        @Override
        public Outline outline() {
            return new Outline(Outline.Kind.LOCAL_WRITE, slot, expression);
        }

        @Override
        public long execute(final DuhtonThread thread, final int frame) {
            final long value = expression.execute(thread, frame);
            thread.mutator().setRoot(frame + slot, value);
            return value;
        }

        @Override
        public boolean reachesSafepoint() {
            return expression.reachesSafepoint();
        }
    }

    /** Has the variable a value in the frame or among the globals? */
    public static final class IsDefined extends Node {
        private final int slot;
        private final Node global;

        /**
         * A test of a variable of the frame.
         *
         * @param slot   of the variable in the frame.
         * @param global the same test of the global variable.
         */
        public IsDefined(final int slot, final Node global) {
            super(global.line());
            this.slot = slot;
            this.global = global;
        }

        @Override
        public Outline outline() {
            return new Outline(Outline.Kind.LOCAL_TEST, slot, global);
        }

        @Override
        public long execute(final DuhtonThread thread, final int frame) {
            return thread.mutator().root(frame + slot) == Values.UNBOUND
                ? global.execute(thread, frame) : Values.ofBoolean(true);
        }

        @Override
        public boolean reachesSafepoint() {
            return false;
        }
    }

    /** Puts a function into the frame. */
    public static final class Define extends Node {
        private final int slot;
        private final FunctionCode code;

        /**
         * A definition in the frame.
         *
         * @param slot of the function in the frame.
         * @param code of the function.
         * @param line of the source.
         */
        public Define(final int slot, final FunctionCode code, final int line) {
            super(line);
            this.slot = slot;
            this.code = code;
        }

        /** Compiled code that knows the frame's functions would store over it what it knows. */
        @Override
        public Outline outline() {
            return new Outline(Outline.Kind.UNKNOWN, 0);
        }

        @Override
        public long execute(final DuhtonThread thread, final int frame) {
            thread.mutator().setRoot(frame + slot, code.value());
            return Values.NONE;
        }

        @Override
        public boolean reachesSafepoint() {
            return false;
        }
    }
}

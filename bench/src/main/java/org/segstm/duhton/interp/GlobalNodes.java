package org.segstm.duhton.interp;

import org.segstm.duhton.DuhtonError;
import org.segstm.duhton.value.Values;
import org.segstm.heap.Mutator;

/** Global variables and functions: fields of the symbol objects, so that conflicts are per symbol and kind. */
public final class GlobalNodes {
    private GlobalNodes() {
    }

    /** Reads a variable. */
    public static final class Read extends Node {
        private final long symbolRef;
        private final String name;

        /**
         * A global variable.
         *
         * @param symbolRef ref of the committed symbol.
         * @param name      of the symbol.
         * @param line      of the source.
         */
        public Read(final long symbolRef, final String name, final int line) {
            super(line);
            this.symbolRef = symbolRef;
            this.name = name;
        }

        @Override
        public long execute(final DuhtonThread thread, final int frame) {
            final long value = thread.mutator().getRef(symbolRef, thread.shapes().symbolValue);
            if (value == Values.UNBOUND) {
                throw new DuhtonError("symbol not defined as a variable: '" + name + "'", line());
            }
            return value;
        }

        @Override
        public boolean reachesSafepoint() {
            return false;
        }
    }

    /** Binds a variable. */
    public static final class Write extends Node {
        private final long symbolRef;
        private final Node expression;

        /**
         * A global binding.
         *
         * @param symbolRef  ref of the committed symbol.
         * @param expression whose value it gets.
         * @param line       of the source.
         */
        public Write(final long symbolRef, final Node expression, final int line) {
            super(line);
            this.symbolRef = symbolRef;
            this.expression = expression;
        }

        @Override
        public long execute(final DuhtonThread thread, final int frame) {
            final long value = expression.execute(thread, frame);
            thread.mutator().putRef(symbolRef, thread.shapes().symbolValue, value);
            return value;
        }

        @Override
        public boolean reachesSafepoint() {
            return expression.reachesSafepoint();
        }
    }

    /** Has the variable a value? */
    public static final class IsDefined extends Node {
        private final long symbolRef;

        /**
         * A test of a global variable.
         *
         * @param symbolRef ref of the committed symbol.
         * @param line      of the source.
         */
        public IsDefined(final long symbolRef, final int line) {
            super(line);
            this.symbolRef = symbolRef;
        }

        @Override
        public long execute(final DuhtonThread thread, final int frame) {
            final Mutator mutator = thread.mutator();
            return Values.ofBoolean(mutator.getRef(symbolRef, thread.shapes().symbolValue) != Values.UNBOUND);
        }

        @Override
        public boolean reachesSafepoint() {
            return false;
        }
    }

    /** Makes a function global. */
    public static final class Define extends Node {
        private final long symbolRef;
        private final FunctionCode code;

        /**
         * A global definition.
         *
         * @param symbolRef ref of the committed symbol.
         * @param code      of the function.
         * @param line      of the source.
         */
        public Define(final long symbolRef, final FunctionCode code, final int line) {
            super(line);
            this.symbolRef = symbolRef;
            this.code = code;
        }

        @Override
        public long execute(final DuhtonThread thread, final int frame) {
            thread.mutator().putRef(symbolRef, thread.shapes().symbolFunction, code.value());
            return Values.NONE;
        }

        @Override
        public boolean reachesSafepoint() {
            return false;
        }
    }
}

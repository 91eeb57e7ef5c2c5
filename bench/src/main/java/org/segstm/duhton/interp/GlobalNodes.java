package org.segstm.duhton.interp;

import org.segstm.bridge.Memory;
import org.segstm.duhton.DuhtonError;
import org.segstm.duhton.value.Values;
import org.segstm.heap.Mutator;

/**
 * Global variables and functions: fields of the symbol objects. Only the main program binds globals, in inevitable
 * transactions beside which no other runs; a function binds in its own frame. Nobody can change a global under a
 * transaction that reads it, so reading one needs no barrier: it is a plain load from the view.
 */
public final class GlobalNodes {
    private GlobalNodes() {
    }

    /**
     * Reads a field of a symbol.
     *
     * @param mutator  of the running transaction.
     * @param fieldRef ref of the symbol, plus the field's offset.
     * @return value of the field.
     */
    static long load(final Mutator mutator, final long fieldRef) {
        return Memory.getLong(mutator.segmentBase() + fieldRef);
    }

    /** Reads a variable. */
    public static final class Read extends Node {
        private final long valueRef;
        private final String name;

        /**
         * A global variable.
         *
         * @param valueRef ref of the committed symbol, plus the offset of its value.
         * @param name     of the symbol.
         * @param line     of the source.
         */
        public Read(final long valueRef, final String name, final int line) {
            super(line);
            this.valueRef = valueRef;
            this.name = name;
        }

        @Override
        public Outline outline() {
            return new Outline(Outline.Kind.GLOBAL_READ, valueRef);
        }

        @Override
        public long execute(final DuhtonThread thread, final int frame) {
            final long value = load(thread.mutator(), valueRef);
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
        public Outline outline() {
            return new Outline(Outline.Kind.GLOBAL_WRITE, symbolRef, expression);
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
        private final long valueRef;

        /**
         * A test of a global variable.
         *
         * @param valueRef ref of the committed symbol, plus the offset of its value.
         * @param line     of the source.
         */
        public IsDefined(final long valueRef, final int line) {
            super(line);
            this.valueRef = valueRef;
        }

        @Override
        public Outline outline() {
            return new Outline(Outline.Kind.LEAF, 0);
        }

        @Override
        public long execute(final DuhtonThread thread, final int frame) {
            return Values.ofBoolean(load(thread.mutator(), valueRef) != Values.UNBOUND);
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
        public Outline outline() {
            return new Outline(Outline.Kind.LEAF, 0);
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

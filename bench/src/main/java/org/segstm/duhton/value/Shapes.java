package org.segstm.duhton.value;

import org.segstm.heap.Mutator;
import org.segstm.heap.SegmentHeap;
import org.segstm.heap.layout.Field;
import org.segstm.heap.layout.FieldType;
import org.segstm.heap.layout.ObjectHeader;
import org.segstm.heap.layout.ObjectLayout;

/**
 * The layouts of Duhton's objects in one heap.
 *
 * <pre>
 *  symbol     | id (32 bits)          | value       | function          |  one per name; id is that of {@link Symbols}
 *  cons       | car (immutable)       | cdr (immutable)                 |
 *  container  | content               |                                 |
 *  float      | number (immutable)    |
 *  list       | extent (64 bits)      | items (ref)  | own items ...    |  see {@link Lists}
 *  array      | refs ...                                                |
 *  calls      | previous (immutable)  | arguments ...                   |  the frames of queued calls
 *  console    | lines (64 bits)       |                                 |  outputs of committed transactions
 * </pre>
 */
public final class Shapes {
    /** Name of None's type. */
    public static final String NONE_TYPE = "NoneType";
    /** Name of the type of ints. */
    public static final String INT_TYPE = "int";
    private static final String CALLS = "frame";

    /** Symbol: which one it is, see {@link Symbols}. */
    public final Field symbolId;
    /** Symbol: value of the global variable of that name. */
    public final Field symbolValue;
    /** Symbol: code of the global function of that name, as an int; {@link Values#UNBOUND} without one. */
    public final Field symbolFunction;
    /** Cons: first half. */
    public final Field car;
    /** Cons: second half. */
    public final Field cdr;
    /** Container: what is in it. */
    public final Field content;
    /** Calls: the calls that the same transaction queued before. */
    public final Field previousCalls;
    /** Console: how many transactions with output have committed. */
    public final Field consoleOutputs;

    /** Layout of symbols. */
    public final ObjectLayout symbol;
    /** Layout of conses. */
    public final ObjectLayout cons;
    /** Layout of containers. */
    public final ObjectLayout container;
    /** Layout of lists. */
    public final ObjectLayout list;
    /** Layout of floats. */
    public final ObjectLayout floatNumber;
    /** List: where in the array its elements are. */
    public final Field listExtent;
    /** List: the array, None before the first element. */
    public final Field listItems;
    /** Layout of the arrays of lists. */
    public final ObjectLayout array;
    /** Offset of an array's first item in bytes. */
    final int firstItemOffset;
    /** Where the items in a list itself begin, counted as if it were an array. */
    public final int ownItems;
    /** So many items fit into a list itself without making more than a card of it. */
    public final int mostOwnItems;
    /** Float: its number. */
    public final Field number;
    private final ObjectLayout calls;
    private final ObjectLayout console;

    /**
     * Registers the layouts.
     *
     * @param heap to register them with.
     */
    public Shapes(final SegmentHeap heap) {
        final ObjectLayout.Builder symbolShape = ObjectLayout.named("symbol");
        symbolId = symbolShape.immutable("id", FieldType.INT32);
        symbolValue = symbolShape.field("value", FieldType.REF);
        symbolFunction = symbolShape.field("function", FieldType.REF);
        symbol = heap.register(symbolShape);

        final ObjectLayout.Builder consShape = ObjectLayout.named("cons");
        car = consShape.immutable("car", FieldType.REF);
        cdr = consShape.immutable("cdr", FieldType.REF);
        cons = heap.register(consShape);

        final ObjectLayout.Builder containerShape = ObjectLayout.named("container");
        content = containerShape.field("content", FieldType.REF);
        container = heap.register(containerShape);

        final ObjectLayout.Builder listShape = ObjectLayout.named("list").variableRefs();
        listExtent = listShape.field("extent", FieldType.INT64);
        listItems = listShape.field("items", FieldType.REF);
        list = heap.register(listShape);

        array = heap.register(ObjectLayout.named("array").variableRefs());
        firstItemOffset = array.variableOffset();
        ownItems = list.variableOffset() - firstItemOffset >> ObjectHeader.LOG_BYTES_IN_WORD;
        mostOwnItems = ObjectHeader.BYTES_IN_CARD - list.variableOffset() >> ObjectHeader.LOG_BYTES_IN_WORD;

        final ObjectLayout.Builder floatShape = ObjectLayout.named("float");
        number = floatShape.immutable("number", FieldType.DOUBLE);
        floatNumber = heap.register(floatShape);

        final ObjectLayout.Builder callsShape = ObjectLayout.named(CALLS).variableRefs();
        previousCalls = callsShape.immutable("previous", FieldType.REF);
        calls = heap.register(callsShape);

        final ObjectLayout.Builder consoleShape = ObjectLayout.named("console");
        consoleOutputs = consoleShape.field("outputs", FieldType.INT64);
        console = heap.register(consoleShape);
    }

    /**
     * Is it a list?
     *
     * @param mutator of the running transaction.
     * @param value   any value.
     * @return true for a list.
     */
    public boolean isList(final Mutator mutator, final long value) {
        return Values.isObject(value) && mutator.layoutIdOf(value) == list.id();
    }

    /**
     * Is it a container?
     *
     * @param mutator of the running transaction.
     * @param value   any value.
     * @return true for a container.
     */
    public boolean isContainer(final Mutator mutator, final long value) {
        return Values.isObject(value) && mutator.layoutIdOf(value) == container.id();
    }

    /**
     * Is it a cons?
     *
     * @param mutator of the running transaction.
     * @param value   any value.
     * @return true for a cons.
     */
    public boolean isCons(final Mutator mutator, final long value) {
        return Values.isObject(value) && mutator.layoutIdOf(value) == cons.id();
    }

    /**
     * Is it a float?
     *
     * @param mutator of the running transaction.
     * @param value   any value.
     * @return true for a float.
     */
    public boolean isFloat(final Mutator mutator, final long value) {
        return Values.isObject(value) && mutator.layoutIdOf(value) == floatNumber.id();
    }

    /**
     * Is it a symbol?
     *
     * @param mutator of the running transaction.
     * @param value   any value.
     * @return true for a symbol.
     */
    public boolean isSymbol(final Mutator mutator, final long value) {
        return Values.isObject(value) && mutator.layoutIdOf(value) == symbol.id();
    }

    /**
     * Name of a value's type, as {@code type} gives it.
     *
     * @param mutator of the running transaction.
     * @param value   any value.
     * @return the name.
     */
    public String typeName(final Mutator mutator, final long value) {
        if (value == Values.NONE) {
            return NONE_TYPE;
        }
        return Values.isInt(value) ? INT_TYPE : mutator.layoutOf(value).name();
    }

    /**
     * Does it count as true?
     *
     * @param mutator of the running transaction.
     * @param value   any value.
     * @return false for None, 0 as an int or a float, and an empty list.
     */
    public boolean isTrue(final Mutator mutator, final long value) {
        if (Values.isInt(value)) {
            return Values.intOf(value) != 0;
        }
        if (isFloat(mutator, value)) {
            return floatOf(mutator, value) != 0;
        }
        return value != Values.NONE
            && (mutator.layoutIdOf(value) != list.id() || Lists.length(mutator, this, value) != 0);
    }

    /**
     * Makes a cons.
     *
     * @param mutator of the running transaction.
     * @param first   its car.
     * @param second  its cdr.
     * @return ref of the cons.
     */
    public long newCons(final Mutator mutator, final long first, final long second) {
        final long ref = mutator.allocate(cons);
        mutator.putRef(ref, car, first);
        mutator.putRef(ref, cdr, second);
        return ref;
    }

    /**
     * Makes a float.
     *
     * @param mutator of the running transaction.
     * @param value   its number.
     * @return ref of the float.
     */
    public long newFloat(final Mutator mutator, final double value) {
        final long ref = mutator.allocate(floatNumber);
        mutator.putDouble(ref, number, value);
        return ref;
    }

    /**
     * The number in a float.
     *
     * @param mutator of the running transaction.
     * @param ref     of a float.
     * @return its number.
     */
    public double floatOf(final Mutator mutator, final long ref) {
        return mutator.getDouble(ref, number);
    }

    /**
     * Makes a container.
     *
     * @param mutator of the running transaction.
     * @param value   to put into it.
     * @return ref of the container.
     */
    public long newContainer(final Mutator mutator, final long value) {
        final long ref = mutator.allocate(container);
        mutator.putRef(ref, content, value);
        return ref;
    }

    /**
     * Makes room for the arguments of queued calls.
     *
     * @param mutator  of the running transaction.
     * @param previous ref of the calls queued before, or None.
     * @param length   number of arguments.
     * @return ref of the calls object.
     */
    public long newCalls(final Mutator mutator, final long previous, final int length) {
        final long ref = mutator.allocate(calls, length);
        mutator.putRef(ref, previousCalls, previous);
        return ref;
    }

    /**
     * Makes a console.
     *
     * @param mutator of the running transaction.
     * @return ref of the console.
     */
    public long newConsole(final Mutator mutator) {
        return mutator.allocate(console);
    }

    long newSymbol(final Mutator mutator, final int id) {
        final long ref = mutator.allocate(symbol);
        mutator.putInt(ref, symbolId, id);
        mutator.putRef(ref, symbolValue, Values.UNBOUND);
        mutator.putRef(ref, symbolFunction, Values.UNBOUND);
        return ref;
    }
}

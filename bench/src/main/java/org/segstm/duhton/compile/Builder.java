package org.segstm.duhton.compile;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.segstm.duhton.compile.ir.Block;
import org.segstm.duhton.compile.ir.Code;
import org.segstm.duhton.compile.ir.Exit;
import org.segstm.duhton.compile.ir.Instruction;
import org.segstm.duhton.compile.ir.Opcode;
import org.segstm.duhton.compile.ir.ValueType;
import org.segstm.duhton.interp.Node;
import org.segstm.duhton.value.Shapes;
import org.segstm.duhton.value.Values;
import org.segstm.heap.layout.Field;
import org.segstm.heap.layout.FieldType;
import org.segstm.heap.layout.ObjectLayout;

/**
 * Appends instructions to the current block. What is computed or loaded already is not computed again, except where
 * each access shall be there for comparison.
 */
final class Builder {
    private static final int NONE = Code.NO_VALUE;

    private final Code code;
    private final Shapes shapes;
    private final boolean naive;
    private final Map<Block, KnownValues> knownAtBegin = new HashMap<>();
    private final Map<Object, Integer> constants = new HashMap<>();
    private final Block constantBlock;
    private final Map<Integer, ObjectLayout> layouts = new HashMap<>();
    private KnownValues known = new KnownValues();
    private Block block;
    /** No way leads to the current block: what is known at its end limits nothing. */
    private boolean dead;

    Builder(final Code code, final Shapes shapes, final boolean naive) {
        this.code = code;
        this.shapes = shapes;
        this.naive = naive;
        this.constantBlock = code.newBlock();
        this.block = code.newBlock();
        code.end(constantBlock, Block.Jump.GOTO, null, 0, List.of(block));
    }

    Code code() {
        return code;
    }

    Shapes shapes() {
        return shapes;
    }

    Block block() {
        return block;
    }

    Block newBlock() {
        return code.newBlock();
    }

    int newValue(final ValueType type) {
        return code.newValue(type);
    }

    ValueType type(final int value) {
        return code.type(value);
    }

    /** Goes on in a block; all ways that lead to it have been built, but those that close a loop. */
    void begin(final Block next) {
        block = next;
        dead = !knownAtBegin.containsKey(next);
        known = dead ? new KnownValues() : knownAtBegin.get(next);
    }

    KnownValues known() {
        return known;
    }

    private void leadsTo(final Block next) {
        if (dead) {
            return;
        }
        final KnownValues there = knownAtBegin.get(next);
        if (there == null) {
            knownAtBegin.put(next, known.copy());
        } else {
            there.meet(known);
        }
    }

    void jump(final Block next) {
        leadsTo(next);
        code.end(block, Block.Jump.GOTO, null, 0, List.of(next));
    }

    /** To a block that was built already. */
    void jumpBack(final Block next) {
        code.end(block, Block.Jump.GOTO, null, 0, List.of(next));
    }

    void branch(
            final Block.Jump jump, final Object subject, final long number, final Block whenTrue,
            final Block whenFalse, final int... operands) {
        leadsTo(whenTrue);
        leadsTo(whenFalse);
        code.end(block, jump, subject, number, List.of(whenTrue, whenFalse), operands);
    }

    void finish(final int value) {
        code.end(block, Block.Jump.RETURN, null, 0, List.of(), value);
    }

    void emit(final Opcode opcode, final Object subject, final long number, final int... operands) {
        code.add(block, opcode, NONE, subject, number, operands);
    }

    int emit(
            final ValueType type, final Opcode opcode, final Object subject, final long number,
            final int... operands) {
        final int result = code.newValue(type);
        code.add(block, opcode, result, subject, number, operands);
        return result;
    }

    /** The same as before when it depends on nothing but its operands. */
    int compute(final ValueType type, final Opcode opcode, final Object subject, final long number,
            final int... operands) {
        final KnownValues.Key key = key(opcode, subject, number, operands);
        final Integer there = known.result(key);
        if (there != null) {
            return there;
        }
        final int result = emit(type, opcode, subject, number, operands);
        known.addResult(key, result);
        return result;
    }

    private static KnownValues.Key key(
            final Opcode opcode, final Object subject, final long number, final int... operands) {
        return new KnownValues.Key(opcode, subject instanceof Node ? null : subject, number,
            operands.length > 0 ? operands[0] : NONE, operands.length > 1 ? operands[1] : NONE);
    }

    private int load(final ValueType type, final Opcode opcode, final Object subject, final long number,
            final int... operands) {
        final KnownValues.Key key = key(opcode, subject, number, operands);
        final Integer there = naive ? null : known.result(key);
        if (there != null) {
            return there;
        }
        final int result = emit(type, opcode, subject, number, operands);
        known.addLoad(key, result);
        return result;
    }

    int constant(final ValueType type, final long number) {
        return constants.computeIfAbsent(List.of(type, number), k -> {
            final int result = code.newValue(type);
            code.add(constantBlock, Opcode.CONSTANT, result, null, number);
            return result;
        });
    }

    int intConstant(final int number) {
        return constant(ValueType.INT, number);
    }

    int none() {
        return constant(ValueType.VALUE, Values.NONE);
    }

    int unbound() {
        return constant(ValueType.VALUE, Values.UNBOUND);
    }

    /** Defines a value again: a variable, or what comes from several ways. */
    void copy(final int from, final int to) {
        if (from != to) {
            code.add(block, Opcode.COPY, to, null, 0, from);
            final ObjectLayout layout = layout(from);
            known.redefined(to);
            if (layout != null) {
                known.isOf(to, layout);
            }
        }
    }

    /** A value of the program. */
    int asValue(final int value) {
        switch (code.type(value)) {
            case VALUE:
                return value;
            case DOUBLE:
                return box(value);
            default:
                return tag(value);
        }
    }

    private int tag(final int number) {
        if (code.isConstant(number)) {
            return constant(ValueType.VALUE, Values.ofInt((int) code.constant(number)));
        }
        final int tagged = compute(ValueType.VALUE, Opcode.TAG, null, 0, number);
        known.addResult(new KnownValues.Key(Opcode.UNTAG, null, 0, tagged, NONE), number);
        return tagged;
    }

    private int box(final int number) {
        final int ref = allocate(shapes.floatNumber, 0);
        storeField(shapes.number, ref, number);
        known.addResult(new KnownValues.Key(Opcode.UNBOX, null, 0, ref, NONE), number);
        return ref;
    }

    /** An int, or the error that it is none. */
    int asInt(final int value, final Node node) {
        if (code.type(value) == ValueType.INT) {
            return value;
        }
        final int checked = asValue(value);
        final KnownValues.Key tagged = new KnownValues.Key(Opcode.UNTAG, null, 0, checked, NONE);
        final Integer there = known.result(tagged);
        if (there != null) {
            return there;
        }
        // What is an int is bound.
        final Instruction guard = code.removeLast(block, Opcode.GUARD_BOUND, checked);
        final int result = emit(ValueType.INT, Opcode.UNTAG, guard == null ? null : guard.subject(Node.class),
            node.line(), checked);
        known.addResult(tagged, result);
        return result;
    }

    /** A double, or the error that it is none. */
    int asDouble(final int value, final Node node) {
        switch (code.type(value)) {
            case DOUBLE:
                return value;
            case INT:
                return compute(ValueType.DOUBLE, Opcode.TO_DOUBLE, null, 0, value);
            default:
                return unbox(value, node);
        }
    }

    private int unbox(final int value, final Node node) {
        final KnownValues.Key boxed = new KnownValues.Key(Opcode.UNBOX, null, 0, value, NONE);
        final Integer there = known.result(boxed);
        if (there != null) {
            return there;
        }
        final int result = layout(value) == shapes.floatNumber
            ? emit(ValueType.DOUBLE, Opcode.LOAD_FIELD, shapes.number, 0, value)
            : emit(ValueType.DOUBLE, Opcode.UNBOX, node, node.line(), value);
        known.addResult(boxed, result);
        return result;
    }

    /** A value is an object of a layout wherever it is defined. */
    void alwaysOf(final int value, final ObjectLayout layout) {
        layouts.put(value, layout);
        code.isObject(value);
    }

    /** Layout of the object that a value is known to be here, or null. */
    ObjectLayout layout(final int value) {
        final ObjectLayout always = layouts.get(value);
        return always == null ? known.layout(value) : always;
    }

    /** Makes sure that a value is an object of a layout. */
    void guardType(final int value, final Exit exit) {
        if (layout(value) != exit.layout()) {
            emit(Opcode.GUARD_TYPE, exit, 0, value);
            known.isOf(value, exit.layout());
        }
    }

    void guardIndex(final int count, final int index, final Exit exit) {
        if (known.result(new KnownValues.Key(Opcode.GUARD_INDEX, null, 0, count, index)) == null) {
            emit(Opcode.GUARD_INDEX, exit, 0, count, index);
            known.addResult(new KnownValues.Key(Opcode.GUARD_INDEX, null, 0, count, index), count);
        }
    }

    int loadField(final Field field, final int object) {
        return load(field.type() == FieldType.REF ? ValueType.VALUE : ValueType.RAW, Opcode.LOAD_FIELD, field, 0,
            object);
    }

    void storeField(final Field field, final int object, final int value) {
        emit(Opcode.STORE_FIELD, field, 0, object, value);
        known.stored(Opcode.LOAD_FIELD, field);
        known.addLoad(key(Opcode.LOAD_FIELD, field, 0, object), value);
    }

    int loadItem(final int list, final int array, final int index) {
        return naive ? load(ValueType.VALUE, Opcode.LOAD_ITEM, null, 0, array, index)
            : load(ValueType.VALUE, Opcode.LOAD_ITEM, null, 0, array, index, list);
    }

    void storeItem(final int array, final int index, final int value) {
        emit(Opcode.STORE_ITEM, null, 0, array, index, value);
        known.stored(Opcode.LOAD_ITEM, null);
        known.addLoad(key(Opcode.LOAD_ITEM, null, 0, array, index), value);
    }

    int loadGlobal(final long fieldRef, final Node node) {
        final KnownValues.Key key = new KnownValues.Key(Opcode.LOAD_GLOBAL, null, fieldRef, NONE, NONE);
        final Integer there = known.result(key);
        if (there != null) {
            return there;
        }
        final int value = emit(ValueType.VALUE, Opcode.LOAD_GLOBAL, null, fieldRef);
        emit(Opcode.GUARD_BOUND, node, 0, value);
        known.addLoad(key, value);
        return value;
    }

    void storeGlobal(final long symbolRef, final int value) {
        final int symbol = constant(ValueType.VALUE, symbolRef);
        code.isObject(symbol);
        storeField(shapes.symbolValue, symbol, value);
        final long fieldRef = symbolRef + shapes.symbolValue.offset();
        known.addLoad(new KnownValues.Key(Opcode.LOAD_GLOBAL, null, fieldRef, NONE, NONE), value);
    }

    int allocate(final ObjectLayout layout, final long length) {
        final int ref = emit(ValueType.VALUE, Opcode.ALLOCATE, layout, length);
        known.isOf(ref, layout);
        return ref;
    }

    /** After this, memory may be another one. */
    void called() {
        known.forgetLoads();
    }
}

package org.segstm.duhton.compile;

import java.util.BitSet;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.segstm.duhton.compile.ir.CallExit;
import org.segstm.duhton.compile.ir.Code;
import org.segstm.duhton.compile.ir.Opcode;
import org.segstm.duhton.compile.ir.ValueType;
import org.segstm.duhton.interp.CallNode;
import org.segstm.duhton.interp.FunctionCode;
import org.segstm.duhton.interp.ValueKind;

/**
 * The variables of a function or loop: one value of the code each. Where the interpreter has to see them they are put
 * into a frame: that of the function around a loop, or one that is made for the occasion.
 */
final class Variables {
    private final Builder builder;
    private final int[] values;
    private final BitSet hidden = new BitSet();
    private final int physicalFrame;

    /**
     * Variables.
     *
     * @param builder       of the code.
     * @param types         of the variables.
     * @param count         slots of the frame.
     * @param physicalFrame value with the index of the frame on the shadow stack, if it is there; else none.
     * @param parameters    slots that are bound when the code is entered.
     */
    Variables(
            final Builder builder, final SlotTypes types, final int count, final int physicalFrame,
            final int parameters) {
        this.builder = builder;
        this.physicalFrame = physicalFrame;
        this.values = new int[count];
        for (int slot = 0; slot < count; slot++) {
            final ValueKind kind = types.kind(slot);
            values[slot] = builder.newValue(kind == ValueKind.INT ? ValueType.INT : ValueType.VALUE);
            if (kind.layout(builder.shapes()) != null) {
                builder.alwaysOf(values[slot], kind.layout(builder.shapes()));
            }
            if (!types.isUsed(slot) && slot >= parameters) {
                // Functions of the frame, or variables that only the interpreter knows.
                hidden.set(slot);
            }
        }
    }

    /** Value of a variable. */
    int value(final int slot) {
        return values[slot];
    }

    int count() {
        return values.length;
    }

    /** Is it one of some variables? */
    boolean isVariableOf(final int value, final BitSet slots) {
        return slots.stream().anyMatch(slot -> values[slot] == value);
    }

    /** Binds a variable. */
    int write(final int slot, final int value) {
        final int variable = values[slot];
        builder.copy(builder.type(variable) == ValueType.INT ? value : builder.asValue(value), variable);
        return value;
    }

    /** Has something done that looks at variables in their frame, or binds them there. */
    void inFrame(final BitSet touched, final BitSet written, final IntConsumer action) {
        final BitSet out = (BitSet) touched.clone();
        final BitSet back = (BitSet) written.clone();
        final boolean physical = physicalFrame != Code.NO_VALUE;
        if (!physical) {
            out.or(hidden);
            back.or(hidden);
        }
        final int frame = physical ? physicalFrame
            : out.isEmpty() ? builder.intConstant(0)
            : builder.emit(ValueType.INT, Opcode.PUSH_FRAME, null, values.length);
        store(frame, out);
        action.accept(frame);
        load(frame, back);
        if (!physical && !out.isEmpty()) {
            builder.emit(Opcode.DROP_FRAME, null, 0, frame);
        }
    }

    /** Lets the interpreter tell the error when a function cannot be called. */
    void guardCallable(final CallNode node, final FunctionCode likely, final int function, final BitSet touched) {
        final BitSet out = (BitSet) touched.clone();
        out.or(hidden);
        final int[] operands = IntStream.concat(
            IntStream.of(function), out.stream().map(slot -> values[slot])).toArray();
        final List<Integer> slots = out.stream().boxed().collect(Collectors.toList());
        builder.emit(Opcode.GUARD_CALLABLE, new CallExit(node, likely, slots, values.length), 0, operands);
    }

    /** Stores variables into a frame. */
    void store(final int frame, final BitSet slots) {
        slots.stream().forEach(
            slot -> builder.emit(Opcode.STORE_VARIABLE, null, slot, frame, builder.asValue(values[slot])));
    }

    /** Loads variables from a frame. */
    void load(final int frame, final BitSet slots) {
        slots.stream().forEach(slot -> {
            builder.known().redefined(values[slot]);
            builder.code().add(builder.block(), builder.type(values[slot]) == ValueType.INT
                ? Opcode.LOAD_INT_VARIABLE : Opcode.LOAD_VARIABLE, values[slot], null, slot, frame);
        });
    }
}

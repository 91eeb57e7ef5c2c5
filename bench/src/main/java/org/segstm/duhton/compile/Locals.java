package org.segstm.duhton.compile;

import java.util.BitSet;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.segstm.duhton.compile.ir.Block;
import org.segstm.duhton.compile.ir.Code;
import org.segstm.duhton.compile.ir.Instruction;
import org.segstm.duhton.compile.ir.Opcode;
import org.segstm.duhton.compile.ir.ValueType;
import org.segstm.duhton.interp.DuhtonThread;
import org.segstm.duhton.value.Values;
import org.segstm.jit.emit.JvmTypes;

/** The local variables of a method that is emitted: thread, mutator, and one per value of the code. */
final class Locals {
    static final String MUTATOR_CLASS = "org/segstm/heap/Mutator";
    static final String MUTATOR = "L" + MUTATOR_CLASS + ";";
    static final String THREAD_CLASS = "org/segstm/duhton/interp/DuhtonThread";
    static final String THREAD = "L" + THREAD_CLASS + ";";
    private static final String SUPPORT_CLASS = "org/segstm/duhton/compile/Support";
    private static final int THREAD_LOCAL = 0;
    /** What a call takes beside local variables, its linkage included. */
    private static final int FRAME_BYTES = 600;

    private final MethodVisitor method;
    private final Code code;
    private final int mutatorLocal;
    private final int[] locals;
    private final BitSet constantsInLocals = new BitSet();
    private int next;

    /**
     * Local variables.
     *
     * @param method     that they are of.
     * @param code       whose values they hold.
     * @param parameters values that the method is called with, behind the thread.
     */
    Locals(final MethodVisitor method, final Code code, final int[] parameters) {
        this.method = method;
        this.code = code;
        this.locals = new int[code.valueCount()];
        this.next = THREAD_LOCAL + 1;
        for (final int parameter : parameters) {
            locals[parameter] = take(code.type(parameter));
        }
        this.mutatorLocal = next++;
    }

    MethodVisitor method() {
        return method;
    }

    int mutatorLocal() {
        return mutatorLocal;
    }

    /** Reserves local variables. */
    int reserve(final int count) {
        final int first = next;
        next += count;
        return first;
    }

    /** What a call counts for when the JVM interprets it, which takes most stack. */
    int stackUnits(final int least) {
        return Math.max(least,
            (int) ((FRAME_BYTES + (long) next * Long.BYTES) / DuhtonThread.STACK_BYTES_PER_UNIT + 1));
    }

    private int take(final ValueType type) {
        return reserve(type == ValueType.INT ? 1 : 2);
    }

    /** Gives all values their place, and something to those that may be looked at before they are defined. */
    void initialize(final BitSet liveAtEntry) {
        for (final Block block : code.blocks()) {
            for (final Instruction instruction : block.instructions()) {
                final int object = instruction.operand(0);
                if (object != Code.NO_VALUE && code.isConstant(object) && code.type(object) == ValueType.VALUE
                        && instruction.opcode() != Opcode.COPY) {
                    constantsInLocals.set(object);
                }
            }
        }
        for (int value = 0; value < locals.length; value++) {
            final boolean parameter = locals[value] != 0;
            if (!parameter && (!code.isConstant(value) || constantsInLocals.get(value))) {
                locals[value] = take(code.type(value));
            }
            if (constantsInLocals.get(value)) {
                pushConstant(value);
                pop(value);
            } else if (!parameter && liveAtEntry.get(value) && !code.isConstant(value)) {
                pushNothing(code.type(value));
                pop(value);
            }
        }
    }

    private void pushNothing(final ValueType type) {
        method.visitInsn(
            type == ValueType.INT ? Opcodes.ICONST_0 : type == ValueType.DOUBLE ? Opcodes.DCONST_0 : Opcodes.LCONST_0);
    }

    /** Local variable of a value. */
    int of(final int value) {
        return locals[value];
    }

    void push(final int value) {
        if (code.isConstant(value)) {
            pushConstant(value);
        } else {
            method.visitVarInsn(code.type(value) == ValueType.INT ? Opcodes.ILOAD
                : code.type(value) == ValueType.DOUBLE ? Opcodes.DLOAD : Opcodes.LLOAD, locals[value]);
        }
    }

    /** Pushes a value of the program, also when it is held as an int. */
    void pushTagged(final int value) {
        push(value);
        if (code.type(value) == ValueType.INT) {
            tag();
        }
    }

    /** Makes a value of the program of the int on the operand stack. */
    void tag() {
        method.visitInsn(Opcodes.I2L);
        JvmTypes.pushInt(method, Values.INT_SHIFT);
        method.visitInsn(Opcodes.LSHL);
        method.visitInsn(Opcodes.LCONST_1);
        method.visitInsn(Opcodes.LOR);
    }

    private void pushConstant(final int value) {
        final long number = code.constant(value);
        switch (code.type(value)) {
            case INT:
                JvmTypes.pushInt(method, (int) number);
                break;
            case DOUBLE:
                method.visitLdcInsn(Double.longBitsToDouble(number));
                break;
            default:
                JvmTypes.pushLong(method, number);
                break;
        }
    }

    void pushAll(final int[] values) {
        for (final int value : values) {
            push(value);
        }
    }

    /** Defines a value by what is on the operand stack. */
    void pop(final int value) {
        method.visitVarInsn(code.type(value) == ValueType.INT ? Opcodes.ISTORE
            : code.type(value) == ValueType.DOUBLE ? Opcodes.DSTORE : Opcodes.LSTORE, locals[value]);
    }

    void pushThread() {
        method.visitVarInsn(Opcodes.ALOAD, THREAD_LOCAL);
    }

    void pushMutator() {
        method.visitVarInsn(Opcodes.ALOAD, mutatorLocal);
    }

    void callSupport(final String name, final String descriptor) {
        method.visitMethodInsn(Opcodes.INVOKESTATIC, SUPPORT_CLASS, name, descriptor, false);
    }

    /** Calls a method of the thread that takes nothing. */
    void callThread(final String name, final String descriptor) {
        pushThread();
        onThread(name, descriptor);
    }

    /** Calls a method of the thread that is on the operand stack below its arguments. */
    void onThread(final String name, final String descriptor) {
        method.visitMethodInsn(Opcodes.INVOKEVIRTUAL, THREAD_CLASS, name, descriptor, false);
    }

    /** Calls a method of the mutator that is on the operand stack below its arguments. */
    void onMutator(final String name, final String descriptor) {
        method.visitMethodInsn(Opcodes.INVOKEVIRTUAL, MUTATOR_CLASS, name, descriptor, false);
    }

    @Override
    public String toString() {
        return locals.length + " values in " + next + " local variables";
    }
}

package org.segstm.jit.emit;

import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.segstm.heap.layout.FieldType;

/** Types of the heap as the JVM has them, and short ways to push numbers. */
public final class JvmTypes {
    private static final int LAST_ICONST = 5;

    private JvmTypes() {
    }

    /**
     * Name of the type in the names of memory access methods.
     *
     * @param type of a field.
     * @return as in {@code getLong}.
     */
    public static String name(final FieldType type) {
        switch (type) {
            case INT8:
                return "Byte";
            case INT16:
                return "Short";
            case INT32:
                return "Int";
            case FLOAT:
                return "Float";
            case DOUBLE:
                return "Double";
            default:
                return "Long";
        }
    }

    /**
     * The primitive type.
     *
     * @param type of a field.
     * @return a long for refs.
     */
    public static Class<?> javaType(final FieldType type) {
        switch (type) {
            case INT8:
                return byte.class;
            case INT16:
                return short.class;
            case INT32:
                return int.class;
            case FLOAT:
                return float.class;
            case DOUBLE:
                return double.class;
            default:
                return long.class;
        }
    }

    /**
     * Descriptor of the primitive type.
     *
     * @param type of a field.
     * @return one letter.
     */
    public static String descriptor(final FieldType type) {
        return javaType(type).descriptorString();
    }

    /**
     * Pushes an int in as few bytes as it needs.
     *
     * @param method to emit into.
     * @param value  to push.
     */
    public static void pushInt(final MethodVisitor method, final int value) {
        if (value >= -1 && value <= LAST_ICONST) {
            method.visitInsn(Opcodes.ICONST_0 + value);
        } else if (value == (byte) value) {
            method.visitIntInsn(Opcodes.BIPUSH, value);
        } else if (value == (short) value) {
            method.visitIntInsn(Opcodes.SIPUSH, value);
        } else {
            method.visitLdcInsn(value);
        }
    }

    /**
     * Pushes a long in as few bytes as it needs.
     *
     * @param method to emit into.
     * @param value  to push.
     */
    public static void pushLong(final MethodVisitor method, final long value) {
        if (value == 0 || value == 1) {
            method.visitInsn(value == 0 ? Opcodes.LCONST_0 : Opcodes.LCONST_1);
        } else if (value == (byte) value) {
            pushInt(method, (int) value);
            method.visitInsn(Opcodes.I2L);
        } else {
            method.visitLdcInsn(value);
        }
    }
}

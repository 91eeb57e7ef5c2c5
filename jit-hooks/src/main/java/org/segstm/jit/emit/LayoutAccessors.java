package org.segstm.jit.emit;

import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.segstm.heap.Mutator;
import org.segstm.heap.layout.ConflictRule;
import org.segstm.heap.layout.Field;
import org.segstm.heap.layout.FieldType;
import org.segstm.heap.layout.ObjectLayout;
import org.segstm.heap.layout.ObjectLayout.VariablePart;
import org.segstm.jit.HeapConstants;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;

/**
 * Typed accessors of one layout, generated: a class with a method per access, in which offset, type, mutability, size
 * and header are constants. Barriers are included, so interpreters and call sites can use them as they are.
 */
public final class LayoutAccessors {
    private static final int MUTATOR = 0;
    private static final int REF = 1;
    private static final int INDEX = 3;
    private static final int FIRST_FREE = 7;
    private static final FieldType[] NUMBERS =
        {FieldType.INT8, FieldType.INT16, FieldType.INT32, FieldType.INT64, FieldType.FLOAT, FieldType.DOUBLE};
    private final ObjectLayout layout;
    private final HeapConstants heap;
    private final Lookup lookup;
    private GeneratedClass generated;

    private LayoutAccessors(final ObjectLayout layout, final HeapConstants heap) {
        this.layout = layout;
        this.heap = heap;
        this.lookup = generate();
    }

    /**
     * Generates the accessors of a layout.
     *
     * @param layout registered with a heap.
     * @param heap   constants of that heap.
     * @return its accessors; keep them, each call generates a class.
     */
    public static LayoutAccessors of(final ObjectLayout layout, final HeapConstants heap) {
        return new LayoutAccessors(layout, heap);
    }

    /**
     * The layout.
     *
     * @return what was given.
     */
    public ObjectLayout layout() {
        return layout;
    }

    /**
     * Reads a field: {@code (Mutator, long ref)value}.
     *
     * @param field of the layout.
     * @return the accessor.
     */
    public MethodHandle getter(final Field field) {
        checkField(field);
        return GeneratedClass.find(lookup, "get_" + field.offset(), getterType(field.type()));
    }

    /**
     * Stores into a field: {@code (Mutator, long ref, value)void}.
     *
     * @param field of the layout.
     * @return the accessor.
     */
    public MethodHandle setter(final Field field) {
        checkField(field);
        if (layout.conflictRule() == ConflictRule.COUNTER) {
            throw new IllegalArgumentException("counters are added to, not stored into: field=" + field);
        }
        return GeneratedClass.find(lookup, "put_" + field.offset(), setterType(field.type()));
    }

    /**
     * Reads an element: {@code (Mutator, long ref, long index)value}; the index counts elements of the type.
     *
     * @param type {@link FieldType#REF} in a variable part of refs; numbers in one of bytes.
     * @return the accessor; checks no index but in checked mode.
     */
    public MethodHandle elementGetter(final FieldType type) {
        checkElement(type);
        return GeneratedClass.find(lookup, "getAt_" + JvmTypes.name(type), elementGetterType(type));
    }

    /**
     * Stores an element: {@code (Mutator, long ref, long index, value)void}.
     *
     * @param type {@link FieldType#REF} in a variable part of refs; numbers in one of bytes.
     * @return the accessor; checks no index but in checked mode.
     */
    public MethodHandle elementSetter(final FieldType type) {
        checkElement(type);
        return GeneratedClass.find(lookup, "putAt_" + JvmTypes.name(type), elementSetterType(type));
    }

    /**
     * Allocates: {@code (Mutator)long}, with variable part {@code (Mutator, long length)long}.
     *
     * @return the accessor.
     */
    public MethodHandle allocator() {
        return GeneratedClass.find(lookup, "allocate", allocatorType());
    }

    private MethodType allocatorType() {
        return layout.isVariable() ? MethodType.methodType(long.class, Mutator.class, long.class)
            : MethodType.methodType(long.class, Mutator.class);
    }

    private static MethodType getterType(final FieldType type) {
        return MethodType.methodType(JvmTypes.javaType(type), Mutator.class, long.class);
    }

    private static MethodType setterType(final FieldType type) {
        return MethodType.methodType(void.class, Mutator.class, long.class, JvmTypes.javaType(type));
    }

    private static MethodType elementGetterType(final FieldType type) {
        return MethodType.methodType(JvmTypes.javaType(type), Mutator.class, long.class, long.class);
    }

    private static MethodType elementSetterType(final FieldType type) {
        return MethodType.methodType(void.class, Mutator.class, long.class, long.class, JvmTypes.javaType(type));
    }

    private void checkField(final Field field) {
        if (field.layout() != layout) {
            throw new IllegalArgumentException("field is of another layout: field=" + field + " layout=" + layout);
        }
    }

    private void checkElement(final FieldType type) {
        final VariablePart part = layout.variablePart();
        if (part == VariablePart.NONE || type == FieldType.WEAK
            || part == VariablePart.REFS != (type == FieldType.REF)) {
            throw new IllegalArgumentException("no such elements: layout=" + layout + " type=" + type);
        }
    }

    private Lookup generate() {
        generated = new GeneratedClass(MethodHandles.lookup(), "Layout_" + layout.name());
        for (final Field field : layout.fields()) {
            getField(field);
            if (layout.conflictRule() != ConflictRule.COUNTER) {
                putField(field);
            }
        }
        if (layout.variablePart() == VariablePart.REFS) {
            elements(FieldType.REF);
        } else if (layout.variablePart() == VariablePart.BYTES) {
            for (final FieldType type : NUMBERS) {
                elements(type);
            }
        }
        allocate();
        return generated.define();
    }

    private HeapCode begin(final MethodVisitor method) {
        final HeapCode code = new HeapCode(generated, method, heap, MUTATOR, FIRST_FREE);
        code.enter();
        return code;
    }

    private void getField(final Field field) {
        final MethodVisitor method = generated.method("get_" + field.offset(), getterType(field.type()));
        final HeapCode code = begin(method);
        if (!field.isUnmarked()) {
            code.readCardBarrier(REF, field.markOffset());
        }
        code.loadField(REF, field);
        method.visitInsn(returnOf(field.type()));
        code.end();
    }

    private void putField(final Field field) {
        final MethodVisitor method = generated.method("put_" + field.offset(), setterType(field.type()));
        final HeapCode code = begin(method);
        if (layout.isVariable()) {
            code.writeCardBarrier(REF, field.offset());
        } else {
            code.writeBarrier(REF);
        }
        code.beginStore(REF, field);
        method.visitVarInsn(loadOf(field.type()), INDEX);
        code.endStore(field.type());
        method.visitInsn(Opcodes.RETURN);
        code.end();
    }

    private void elements(final FieldType type) {
        final int logScale = Integer.numberOfTrailingZeros(type.bytes());
        final MethodVisitor getter = generated.method("getAt_" + JvmTypes.name(type), elementGetterType(type));
        final HeapCode get = begin(getter);
        get.itemOffset(layout, logScale, m -> m.visitVarInsn(Opcodes.LLOAD, INDEX));
        if (layout.conflictRule() != ConflictRule.NO_CONFLICT) {
            get.readItemBarrier(REF);
        }
        get.loadItem(REF, type);
        getter.visitInsn(returnOf(type));
        get.end();
        if (layout.conflictRule() == ConflictRule.COUNTER) {
            return;
        }
        final MethodVisitor setter = generated.method("putAt_" + JvmTypes.name(type), elementSetterType(type));
        final HeapCode put = begin(setter);
        put.itemOffset(layout, logScale, m -> m.visitVarInsn(Opcodes.LLOAD, INDEX));
        put.writeItemBarrier(REF);
        put.beginStoreItem(REF);
        setter.visitVarInsn(loadOf(type), INDEX + 2);
        put.endStore(type);
        setter.visitInsn(Opcodes.RETURN);
        put.end();
    }

    private void allocate() {
        final MethodVisitor method = generated.method("allocate", allocatorType());
        final HeapCode code = begin(method);
        if (layout.isVariable()) {
            code.allocate(layout, m -> m.visitVarInsn(Opcodes.LLOAD, REF), INDEX);
        } else {
            code.allocate(layout, INDEX);
        }
        method.visitVarInsn(Opcodes.LLOAD, INDEX);
        method.visitInsn(Opcodes.LRETURN);
        code.end();
    }

    private static int loadOf(final FieldType type) {
        return Type.getType(JvmTypes.javaType(type)).getOpcode(Opcodes.ILOAD);
    }

    private static int returnOf(final FieldType type) {
        return Type.getType(JvmTypes.javaType(type)).getOpcode(Opcodes.IRETURN);
    }
}

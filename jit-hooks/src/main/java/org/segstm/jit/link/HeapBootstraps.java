package org.segstm.jit.link;

import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.segstm.heap.Mutator;
import org.segstm.heap.layout.Field;
import org.segstm.heap.layout.FieldType;
import org.segstm.heap.layout.ObjectLayout;
import org.segstm.jit.emit.GeneratedClass;
import org.segstm.jit.emit.JvmTypes;

import java.lang.invoke.CallSite;
import java.lang.invoke.ConstantCallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.util.List;

/**
 * Bootstrap methods for {@code invokedynamic} in generated classes, and what emits it. The linker, and the resolver
 * where there is one, have to be among the constants of the class: {@link #enable}. Where the layout is known the site
 * is constant; {@link #emitDispatch} makes one that learns.
 */
public final class HeapBootstraps {
    private static final String OWNER = "org/segstm/jit/link/HeapBootstraps";
    private static final String TYPED =
        "(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;Ljava/lang/invoke/MethodType;"
        + "Ljava/lang/String;Ljava/lang/String;)Ljava/lang/invoke/CallSite;";
    private static final String PLAIN =
        "(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;Ljava/lang/invoke/MethodType;)"
        + "Ljava/lang/invoke/CallSite;";
    private static final Handle MEMBER = new Handle(Opcodes.H_INVOKESTATIC, OWNER, "member", TYPED, false);
    private static final Handle MUTATOR = new Handle(Opcodes.H_INVOKESTATIC, OWNER, "mutator", PLAIN, false);
    private static final Handle DISPATCH = new Handle(Opcodes.H_INVOKESTATIC, OWNER, "dispatch", PLAIN, false);
    private static final String NONE = "";

    private HeapBootstraps() {
    }

    /**
     * Lets the code of a class be linked.
     *
     * @param generated class with call sites.
     * @param linker    for all of them.
     * @param resolver  for those that learn; null when there are none.
     */
    public static void enable(
        final GeneratedClass generated, final HeapLinker linker, final MemberResolver resolver) {
        generated.addConstant(linker);
        if (resolver != null) {
            generated.addConstant(resolver);
        }
    }

    /**
     * Emits a read of a field: takes mutator and ref from the stack.
     *
     * @param method to emit into.
     * @param field  of a layout that the linker knows by name.
     */
    public static void emitGet(final MethodVisitor method, final Field field) {
        method.visitInvokeDynamicInsn("get", descriptor(JvmTypes.javaType(field.type()), long.class), MEMBER,
            field.layout().name(), field.name());
    }

    /**
     * Emits a store into a field: takes mutator, ref and value from the stack.
     *
     * @param method to emit into.
     * @param field  of a layout that the linker knows by name.
     */
    public static void emitPut(final MethodVisitor method, final Field field) {
        method.visitInvokeDynamicInsn("put", descriptor(void.class, long.class, JvmTypes.javaType(field.type())),
            MEMBER, field.layout().name(), field.name());
    }

    /**
     * Emits a read of an element: takes mutator, ref and index (a long) from the stack.
     *
     * @param method to emit into.
     * @param layout that the linker knows by name.
     * @param type   of the element.
     */
    public static void emitGetAt(final MethodVisitor method, final ObjectLayout layout, final FieldType type) {
        method.visitInvokeDynamicInsn("getAt", descriptor(JvmTypes.javaType(type), long.class, long.class), MEMBER,
            layout.name(), type.name());
    }

    /**
     * Emits a store into an element: takes mutator, ref, index (a long) and value from the stack.
     *
     * @param method to emit into.
     * @param layout that the linker knows by name.
     * @param type   of the element.
     */
    public static void emitPutAt(final MethodVisitor method, final ObjectLayout layout, final FieldType type) {
        method.visitInvokeDynamicInsn("putAt",
            descriptor(void.class, long.class, long.class, JvmTypes.javaType(type)), MEMBER,
            layout.name(), type.name());
    }

    /**
     * Emits an allocation: takes the mutator, and for a variable part the length (a long), from the stack.
     *
     * @param method to emit into.
     * @param layout that the linker knows by name.
     */
    public static void emitAllocate(final MethodVisitor method, final ObjectLayout layout) {
        method.visitInvokeDynamicInsn("allocate",
            layout.isVariable() ? descriptor(long.class, long.class) : descriptor(long.class), MEMBER,
            layout.name(), NONE);
    }

    /**
     * Emits a safepoint: takes the mutator from the stack; all refs are on the shadow stack.
     *
     * @param method to emit into.
     */
    public static void emitSafepoint(final MethodVisitor method) {
        method.visitInvokeDynamicInsn("safepoint", descriptor(void.class), MUTATOR);
    }

    /**
     * Emits an operation that depends on the layout of its first value: takes mutator, value and the other arguments
     * from the stack.
     *
     * @param method to emit into.
     * @param name   of the operation, for the resolver; no characters that a method's name must not have.
     * @param type   {@code (Mutator, long, ...)}.
     */
    public static void emitDispatch(final MethodVisitor method, final String name, final MethodType type) {
        method.visitInvokeDynamicInsn(name, type.toMethodDescriptorString(), DISPATCH);
    }

    private static String descriptor(final Class<?> result, final Class<?>... parameters) {
        return MethodType.methodType(result, Mutator.class, parameters).toMethodDescriptorString();
    }

    /**
     * Bootstrap of field access, element access and allocation.
     *
     * @param caller    class with the site.
     * @param operation get, put, getAt, putAt or allocate.
     * @param type      of the site.
     * @param layout    name of the layout.
     * @param member    name of the field, or of the element's type.
     * @return a site that never changes.
     * @throws IllegalAccessException when the class has no constants.
     */
    public static CallSite member(final Lookup caller, final String operation, final MethodType type,
        final String layout, final String member) throws IllegalAccessException {
        final HeapLinker linker = constant(caller, HeapLinker.class);
        return new ConstantCallSite(find(linker, operation, linker.layout(layout), member).asType(type));
    }

    private static MethodHandle find(
        final HeapLinker linker, final String operation, final ObjectLayout layout, final String member) {
        switch (operation) {
            case "get":
                return linker.getter(HeapLinker.field(layout, member));
            case "put":
                return linker.setter(HeapLinker.field(layout, member));
            case "getAt":
                return linker.elementGetter(layout, FieldType.valueOf(member));
            case "putAt":
                return linker.elementSetter(layout, FieldType.valueOf(member));
            case "allocate":
                return linker.allocator(layout);
            default:
                throw new IllegalArgumentException("no such operation: operation=" + operation);
        }
    }

    /**
     * Bootstrap of operations of the mutator.
     *
     * @param caller    class with the site.
     * @param operation safepoint, transactionBreak or shouldBreak.
     * @param type      of the site.
     * @return a site that never changes.
     * @throws IllegalAccessException when the class has no constants.
     */
    public static CallSite mutator(final Lookup caller, final String operation, final MethodType type)
        throws IllegalAccessException {
        final HeapLinker linker = constant(caller, HeapLinker.class);
        switch (operation) {
            case "safepoint":
                return new ConstantCallSite(linker.safepoint().asType(type));
            case "transactionBreak":
                return new ConstantCallSite(linker.transactionBreak().asType(type));
            case "shouldBreak":
                return new ConstantCallSite(linker.shouldBreak().asType(type));
            default:
                throw new IllegalArgumentException("no such operation: operation=" + operation);
        }
    }

    /**
     * Bootstrap of sites that learn.
     *
     * @param caller    class with the site.
     * @param operation name for the resolver.
     * @param type      of the site.
     * @return a {@link DispatchSite}.
     * @throws IllegalAccessException when the class has no constants.
     */
    public static CallSite dispatch(final Lookup caller, final String operation, final MethodType type)
        throws IllegalAccessException {
        return new DispatchSite(
            constant(caller, HeapLinker.class), constant(caller, MemberResolver.class), operation, type);
    }

    private static <T> T constant(final Lookup caller, final Class<T> type) throws IllegalAccessException {
        final List<?> constants = GeneratedClass.constantsOf(caller);
        if (constants != null) {
            for (final Object constant : constants) {
                if (type.isInstance(constant)) {
                    return type.cast(constant);
                }
            }
        }
        throw new IllegalStateException("the class was not enabled for linking: class=" + caller.lookupClass()
            + " missing=" + type.getSimpleName());
    }
}

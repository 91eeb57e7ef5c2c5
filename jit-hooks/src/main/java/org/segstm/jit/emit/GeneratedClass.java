package org.segstm.jit.emit;

import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.ConstantDynamic;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A class of static methods being generated. It becomes a hidden class in the package of its host: it can be unloaded
 * when nobody has its methods any more, and no name can collide. Objects of the VM get into its code as constants,
 * which the JVM's compiler folds.
 */
public final class GeneratedClass {
    private static final String OBJECT = "java/lang/Object";
    private static final Handle CLASS_DATA_AT = new Handle(Opcodes.H_INVOKESTATIC,
        "java/lang/invoke/MethodHandles", "classDataAt",
        "(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;Ljava/lang/Class;I)Ljava/lang/Object;", false);
    private final Lookup host;
    private final String internalName;
    private final Writer writer = new Writer();
    private final List<Object> constants = new ArrayList<>();
    private final Map<String, ConstantDynamic> constantFields = new LinkedHashMap<>();
    private boolean defined;

    /**
     * Begins a class.
     *
     * @param host       lookup with full access to a class of the VM; the new class is in its package and nest-less.
     * @param simpleName shown in stack traces.
     */
    public GeneratedClass(final Lookup host, final String simpleName) {
        this.host = host;
        this.internalName = Type.getInternalName(host.lookupClass())
            .replaceFirst("[^/]*$", "") + simpleName.replaceAll("[.;\\[/<>:\\\\]", "_");
        writer.visit(Opcodes.V17, Opcodes.ACC_FINAL | Opcodes.ACC_SUPER | Opcodes.ACC_SYNTHETIC, internalName, null,
            OBJECT, null);
    }

    /**
     * Name by which methods of this class call one another.
     *
     * @return internal name.
     */
    public String internalName() {
        return internalName;
    }

    /**
     * Says where the code comes from, for stack traces. Line numbers are up to the methods.
     *
     * @param name of the source.
     */
    public void source(final String name) {
        writer.visitSource(name, null);
    }

    /**
     * Adds a static method. Stack maps and maximums are computed.
     *
     * @param name unique together with the type.
     * @param type of the method.
     * @return visitor, {@code visitCode()} was called; ends with {@code visitMaxs(0, 0)} and {@code visitEnd()}, see
     *     {@link HeapCode#end()}.
     */
    public MethodVisitor method(final String name, final MethodType type) {
        final MethodVisitor method = writer.visitMethod(Opcodes.ACC_STATIC, name, type.toMethodDescriptorString(),
            null, null);
        method.visitCode();
        return method;
    }

    /**
     * Pushes an object that the code has as a constant.
     *
     * @param method   to emit into.
     * @param constant not null.
     * @param type     that the code sees; visible to the host.
     */
    public void pushConstant(final MethodVisitor method, final Object constant, final Class<?> type) {
        type.cast(constant);
        final String name = "constant" + addConstant(constant) + "_" + type.getSimpleName();
        constantFields.putIfAbsent(name, new ConstantDynamic(
            "_", Type.getDescriptor(type), CLASS_DATA_AT, addConstant(constant)));
        method.visitFieldInsn(Opcodes.GETSTATIC, internalName, name, Type.getDescriptor(type));
    }

    /**
     * Constants are static final fields that are there when the class is: a dynamic constant that was not resolved yet,
     * on a path that did not run yet, keeps the compilers of JDK 17 from compiling the method at all.
     */
    private void writeConstants() {
        if (constantFields.isEmpty()) {
            return;
        }
        final MethodVisitor initializer = writer.visitMethod(Opcodes.ACC_STATIC, "<clinit>", "()V", null, null);
        initializer.visitCode();
        constantFields.forEach((name, value) -> {
            writer.visitField(Opcodes.ACC_STATIC | Opcodes.ACC_FINAL | Opcodes.ACC_PRIVATE, name,
                value.getDescriptor(), null, null).visitEnd();
            initializer.visitLdcInsn(value);
            initializer.visitFieldInsn(Opcodes.PUTSTATIC, internalName, name, value.getDescriptor());
        });
        initializer.visitInsn(Opcodes.RETURN);
        initializer.visitMaxs(0, 0);
        initializer.visitEnd();
    }

    /**
     * Adds an object to the constants.
     *
     * @param constant not null.
     * @return its index in them; what is added again keeps its index.
     */
    public int addConstant(final Object constant) {
        for (int index = 0; index < constants.size(); index++) {
            if (constants.get(index) == constant) {
                return index;
            }
        }
        constants.add(constant);
        return constants.size() - 1;
    }

    /**
     * The class file as far as it was written. Ends the class.
     *
     * @return bytes of a class file of Java 17.
     */
    public byte[] toByteArray() {
        if (defined) {
            throw new IllegalStateException("a generated class is defined once: " + internalName);
        }
        defined = true;
        writeConstants();
        writer.visitEnd();
        return writer.toByteArray();
    }

    /**
     * Loads and initializes the class.
     *
     * @return lookup to find its methods by.
     */
    public Lookup define() {
        final byte[] bytes = toByteArray();
        try {
            return host.defineHiddenClassWithClassData(bytes, List.copyOf(constants), true);
        } catch (final IllegalAccessException e) {
            throw new IllegalArgumentException("the host must have full access to its class: " + host, e);
        }
    }

    /**
     * Finds a method.
     *
     * @param lookup of the defined class.
     * @param name   of the method.
     * @param type   of the method.
     * @return handle of it.
     */
    public static MethodHandle find(final Lookup lookup, final String name, final MethodType type) {
        try {
            return lookup.findStatic(lookup.lookupClass(), name, type);
        } catch (final NoSuchMethodException | IllegalAccessException e) {
            throw new IllegalArgumentException("no such method was generated: " + name + type, e);
        }
    }

    /**
     * The constants of a generated class.
     *
     * @param lookup of the class itself, as bootstrap methods get it.
     * @return its constants, null when the class was not generated here.
     * @throws IllegalAccessException when the lookup has not full access.
     */
    public static List<?> constantsOf(final Lookup lookup) throws IllegalAccessException {
        return MethodHandles.classData(lookup, "_", List.class);
    }

    /** Knows no class of the VM: where two object types meet it is an object. */
    private static final class Writer extends ClassWriter {
        Writer() {
            super(COMPUTE_FRAMES | COMPUTE_MAXS);
        }

        @Override
        protected String getCommonSuperClass(final String first, final String second) {
            return first.equals(second) ? first : OBJECT;
        }
    }
}

package org.segstm.jit.link;

import org.segstm.heap.Mutator;
import org.segstm.heap.SegmentHeap;
import org.segstm.heap.layout.Field;
import org.segstm.heap.layout.FieldType;
import org.segstm.heap.layout.ObjectHeader;
import org.segstm.heap.layout.ObjectLayout;
import org.segstm.jit.HeapConstants;
import org.segstm.jit.emit.LayoutAccessors;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Operations on one heap as method handles, with their barriers: first parameters are the {@link Mutator} and the ref.
 * Held in constants or in call sites they compile to what {@link org.segstm.jit.emit.HeapCode} emits; an interpreter
 * combines them with those of {@link MethodHandles}. Thread-safe.
 */
public final class HeapLinker {
    private static final Lookup LOOKUP = MethodHandles.lookup();
    private static final MethodHandle SAFEPOINT = mutatorMethod("safepoint", MethodType.methodType(void.class));
    private static final MethodHandle BREAK =
        mutatorMethod("transactionBreak", MethodType.methodType(boolean.class));
    private static final MethodHandle SHOULD_BREAK =
        mutatorMethod("shouldBreak", MethodType.methodType(boolean.class));
    private static final MethodHandle LENGTH =
        mutatorMethod("length", MethodType.methodType(long.class, long.class));
    private static final MethodHandle PUSH = mutatorMethod("push", MethodType.methodType(void.class, long.class));
    private static final MethodHandle POP = mutatorMethod("pop", MethodType.methodType(long.class));
    private static final MethodHandle HAS_LAYOUT = ownMethod("hasLayout",
        MethodType.methodType(boolean.class, int.class, Mutator.class, long.class));
    private static final MethodHandle KEEP_ROOT = ownMethod("keepingRoot",
        MethodType.methodType(long.class, MethodHandle.class, Mutator.class, long.class));
    private final HeapConstants constants;
    private final Map<ObjectLayout, LayoutAccessors> accessors = new ConcurrentHashMap<>();
    private final Map<String, ObjectLayout> layouts = new ConcurrentHashMap<>();

    /**
     * Makes a linker.
     *
     * @param heap that it links to.
     */
    public HeapLinker(final SegmentHeap heap) {
        this.constants = HeapConstants.of(heap);
    }

    private static MethodHandle mutatorMethod(final String name, final MethodType type) {
        try {
            return LOOKUP.findVirtual(Mutator.class, name, type);
        } catch (final NoSuchMethodException | IllegalAccessException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private static MethodHandle ownMethod(final String name, final MethodType type) {
        try {
            return LOOKUP.findStatic(HeapLinker.class, name, type);
        } catch (final NoSuchMethodException | IllegalAccessException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /**
     * Constants of the heap.
     *
     * @return what code for it may contain.
     */
    public HeapConstants constants() {
        return constants;
    }

    /**
     * Makes a layout known by its name to call sites.
     *
     * @param layout registered with the heap.
     * @return the layout.
     */
    public ObjectLayout named(final ObjectLayout layout) {
        final ObjectLayout other = layouts.putIfAbsent(layout.name(), layout);
        if (other != null && other != layout) {
            throw new IllegalArgumentException("two layouts have one name: " + other + " " + layout);
        }
        return layout;
    }

    /**
     * Finds a layout by its name.
     *
     * @param name of a layout given to {@link #named}.
     * @return the layout.
     */
    public ObjectLayout layout(final String name) {
        final ObjectLayout layout = layouts.get(name);
        if (layout == null) {
            throw new IllegalArgumentException("no layout has this name: name=" + name);
        }
        return layout;
    }

    /**
     * Finds a field by its name.
     *
     * @param layout with the field.
     * @param name   of the field.
     * @return the field, or null.
     */
    public static Field fieldOrNull(final ObjectLayout layout, final String name) {
        for (final Field field : layout.fields()) {
            if (field.name().equals(name)) {
                return field;
            }
        }
        return null;
    }

    static Field field(final ObjectLayout layout, final String name) {
        final Field field = fieldOrNull(layout, name);
        if (field == null) {
            throw new IllegalArgumentException("no such field: layout=" + layout + " name=" + name);
        }
        return field;
    }

    private LayoutAccessors accessors(final ObjectLayout layout) {
        return accessors.computeIfAbsent(layout, l -> LayoutAccessors.of(l, constants));
    }

    /**
     * Reads a field.
     *
     * @param field of a registered layout.
     * @return {@code (Mutator, long ref)value}.
     */
    public MethodHandle getter(final Field field) {
        return accessors(field.layout()).getter(field);
    }

    /**
     * Stores into a field.
     *
     * @param field of a registered layout.
     * @return {@code (Mutator, long ref, value)void}.
     */
    public MethodHandle setter(final Field field) {
        return accessors(field.layout()).setter(field);
    }

    /**
     * Reads an element.
     *
     * @param layout with variable part.
     * @param type   {@link FieldType#REF} in a variable part of refs; numbers in one of bytes.
     * @return {@code (Mutator, long ref, long index)value}.
     */
    public MethodHandle elementGetter(final ObjectLayout layout, final FieldType type) {
        return accessors(layout).elementGetter(type);
    }

    /**
     * Stores an element.
     *
     * @param layout with variable part.
     * @param type   {@link FieldType#REF} in a variable part of refs; numbers in one of bytes.
     * @return {@code (Mutator, long ref, long index, value)void}.
     */
    public MethodHandle elementSetter(final ObjectLayout layout, final FieldType type) {
        return accessors(layout).elementSetter(type);
    }

    /**
     * Allocates. Moves nothing.
     *
     * @param layout of the object.
     * @return {@code (Mutator)long}, with variable part {@code (Mutator, long length)long}.
     */
    public MethodHandle allocator(final ObjectLayout layout) {
        return accessors(layout).allocator();
    }

    /**
     * Length of an object with variable part.
     *
     * @return {@code (Mutator, long ref)long}.
     */
    public MethodHandle length() {
        return LENGTH;
    }

    /**
     * Safepoint: all refs are on the shadow stack.
     *
     * @return {@code (Mutator)void}.
     */
    public MethodHandle safepoint() {
        return SAFEPOINT;
    }

    /**
     * Transaction break, a safepoint in any case.
     *
     * @return {@code (Mutator)boolean}: is another transaction running now?
     */
    public MethodHandle transactionBreak() {
        return BREAK;
    }

    /**
     * Asks length control.
     *
     * @return {@code (Mutator)boolean}.
     */
    public MethodHandle shouldBreak() {
        return SHOULD_BREAK;
    }

    /**
     * Puts a root on the shadow stack.
     *
     * @return {@code (Mutator, long ref)void}.
     */
    public MethodHandle push() {
        return PUSH;
    }

    /**
     * Takes a root from the shadow stack.
     *
     * @return {@code (Mutator)long}.
     */
    public MethodHandle pop() {
        return POP;
    }

    /**
     * Is a value an object of a layout? Asks for null and immediates too, and needs no barrier.
     *
     * @param layout that is asked for.
     * @return {@code (Mutator, long value)boolean}.
     */
    public MethodHandle layoutTest(final ObjectLayout layout) {
        return MethodHandles.insertArguments(HAS_LAYOUT, 0, layout.id());
    }

    /**
     * One handle where the first value has a layout, another one where it has not.
     *
     * @param layout   that is asked for.
     * @param target   {@code (Mutator, long value, ...)}.
     * @param fallback of the same type.
     * @return the combination, of the same type.
     */
    public MethodHandle guardLayout(
        final ObjectLayout layout, final MethodHandle target, final MethodHandle fallback) {
        return guardLayoutId(layout.id(), target, fallback);
    }

    static MethodHandle guardLayoutId(final int id, final MethodHandle target, final MethodHandle fallback) {
        return MethodHandles.guardWithTest(MethodHandles.insertArguments(HAS_LAYOUT, 0, id), target, fallback);
    }

    /**
     * Runs something that may be a safepoint while a ref lies on the shadow stack.
     *
     * @param action {@code (Mutator)void}.
     * @return {@code (Mutator, long ref)long}: where the object is then.
     */
    public MethodHandle keepingRoot(final MethodHandle action) {
        return KEEP_ROOT.bindTo(action.asType(MethodType.methodType(void.class, Mutator.class)));
    }

    private static long keepingRoot(final MethodHandle action, final Mutator mutator, final long ref)
        throws Throwable {
        mutator.push(ref);
        action.invokeExact(mutator);
        return mutator.pop();
    }

    private static boolean hasLayout(final int id, final Mutator mutator, final long value) {
        return ObjectHeader.isObjectRef(value) && mutator.layoutIdOf(value) == id;
    }
}

package org.segstm.jit.link;

import org.segstm.heap.layout.Field;
import org.segstm.heap.layout.ObjectLayout;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;

/** How a VM finds what an operation does on objects of a layout. Asked when a call site meets a layout first. */
@FunctionalInterface
public interface MemberResolver {
    /**
     * Finds the implementation of an operation.
     *
     * @param linker with handles to combine.
     * @param name   of the operation.
     * @param type   of the call site; the result is adapted to it by {@code asType}.
     * @param layout of the object, or null when the value is null or an immediate.
     * @return the implementation; one that throws where the operation is an error of the program.
     */
    MethodHandle resolve(HeapLinker linker, String name, MethodType type, ObjectLayout layout);

    /**
     * Operations are named as fields: with two parameters they read, with three they store.
     *
     * @return a resolver that refuses what has no such field.
     */
    static MemberResolver fields() {
        return (linker, name, type, layout) -> {
            final Field field = layout == null ? null : HeapLinker.fieldOrNull(layout, name);
            if (field == null) {
                throw new IllegalArgumentException("no such field: layout=" + layout + " name=" + name);
            }
            return type.parameterCount() == 2 ? linker.getter(field) : linker.setter(field);
        };
    }
}

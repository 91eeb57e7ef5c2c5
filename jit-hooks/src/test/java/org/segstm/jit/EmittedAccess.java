package org.segstm.jit;

import org.segstm.heap.Mutator;
import org.segstm.heap.layout.FieldType;
import org.segstm.jit.emit.LayoutAccessors;

import java.lang.invoke.MethodHandle;

/** Accesses by generated accessors. */
final class EmittedAccess implements SameAsTypedAccessTest.Access {
    private final MethodHandle getValue;
    private final MethodHandle putValue;
    private final MethodHandle getElement;
    private final MethodHandle putElement;

    EmittedAccess(final JitHeap heap, final HeapConstants constants) {
        final LayoutAccessors cell = LayoutAccessors.of(heap.cell, constants);
        final LayoutAccessors array = LayoutAccessors.of(heap.array, constants);
        getValue = cell.getter(heap.value);
        putValue = cell.setter(heap.value);
        getElement = array.elementGetter(FieldType.REF);
        putElement = array.elementSetter(FieldType.REF);
    }

    @Override
    public long value(final JitHeap heap, final Mutator m, final long ref) {
        try {
            return (long) getValue.invokeExact(m, ref);
        } catch (final Throwable e) {
            throw rethrown(e);
        }
    }

    @Override
    public void setValue(final JitHeap heap, final Mutator m, final long ref, final long value) {
        try {
            putValue.invokeExact(m, ref, value);
        } catch (final Throwable e) {
            throw rethrown(e);
        }
    }

    @Override
    public long element(final JitHeap heap, final Mutator m, final long ref, final int index) {
        try {
            return (long) getElement.invokeExact(m, ref, (long) index);
        } catch (final Throwable e) {
            throw rethrown(e);
        }
    }

    @Override
    public void setElement(final JitHeap heap, final Mutator m, final long ref, final int index, final long value) {
        try {
            putElement.invokeExact(m, ref, (long) index, value);
        } catch (final Throwable e) {
            throw rethrown(e);
        }
    }

    private static RuntimeException rethrown(final Throwable thrown) {
        if (thrown instanceof Error) {
            throw (Error) thrown;
        }
        throw (RuntimeException) thrown;
    }
}

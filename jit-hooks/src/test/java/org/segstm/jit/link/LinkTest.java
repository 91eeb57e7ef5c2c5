package org.segstm.jit.link;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.segstm.heap.Mutator;
import org.segstm.heap.PageSharing;
import org.segstm.heap.layout.FieldType;
import org.segstm.heap.layout.Field;
import org.segstm.heap.layout.ObjectLayout;
import org.segstm.jit.JitHeap;
import org.segstm.jit.emit.GeneratedClass;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

@Timeout(60)
class LinkTest {
    private static final int LAYOUTS = 6;
    private static final MethodType GETTER = MethodType.methodType(long.class, Mutator.class, long.class);

    @ParameterizedTest
    @EnumSource(PageSharing.class)
    void shouldDoWhatTheMutatorDoesWhenSitesAreConstant(final PageSharing sharing) throws Throwable {
        try (JitHeap heap = JitHeap.withStm(sharing)) {
            final HeapLinker linker = new HeapLinker(heap.heap());
            linker.named(heap.cell());
            linker.named(heap.array());
            final GeneratedClass generated = new GeneratedClass(MethodHandles.lookup(), "Linked");
            HeapBootstraps.enable(generated, linker, null);
            final MethodVisitor code =
                generated.method("run", MethodType.methodType(long.class, Mutator.class, long.class));
            code.visitVarInsn(Opcodes.ALOAD, 0);
            HeapBootstraps.emitSafepoint(code);
            // A new cell gets the value of the old one and is stored into a new array.
            code.visitVarInsn(Opcodes.ALOAD, 0);
            HeapBootstraps.emitAllocate(code, heap.cell());
            code.visitVarInsn(Opcodes.LSTORE, 3);
            code.visitVarInsn(Opcodes.ALOAD, 0);
            code.visitVarInsn(Opcodes.LLOAD, 3);
            code.visitVarInsn(Opcodes.ALOAD, 0);
            code.visitVarInsn(Opcodes.LLOAD, 1);
            HeapBootstraps.emitGet(code, heap.value());
            HeapBootstraps.emitPut(code, heap.value());
            code.visitVarInsn(Opcodes.ALOAD, 0);
            code.visitLdcInsn(7L);
            HeapBootstraps.emitAllocate(code, heap.array());
            code.visitVarInsn(Opcodes.LSTORE, 5);
            code.visitVarInsn(Opcodes.ALOAD, 0);
            code.visitVarInsn(Opcodes.LLOAD, 5);
            code.visitLdcInsn(3L);
            code.visitVarInsn(Opcodes.LLOAD, 3);
            HeapBootstraps.emitPutAt(code, heap.array(), FieldType.REF);
            code.visitVarInsn(Opcodes.ALOAD, 0);
            code.visitVarInsn(Opcodes.LLOAD, 5);
            code.visitLdcInsn(3L);
            HeapBootstraps.emitGetAt(code, heap.array(), FieldType.REF);
            code.visitInsn(Opcodes.LRETURN);
            code.visitMaxs(0, 0);
            code.visitEnd();
            final MethodHandle run = GeneratedClass.find(generated.define(), "run", GETTER);
            final Mutator m = heap.first();
            m.begin();
            m.putLong(heap.cell(0), heap.value(), 42);
            final long made = (long) run.invokeExact(m, heap.cell(0));
            assertEquals(42, m.getLong(made, heap.value()));
        }
    }

    @Test
    void shouldNameWhatIsMissingWhenAClassWasNotEnabled() {
        final GeneratedClass generated = new GeneratedClass(MethodHandles.lookup(), "NotEnabled");
        final MethodVisitor code = generated.method("run", MethodType.methodType(void.class, Mutator.class));
        code.visitVarInsn(Opcodes.ALOAD, 0);
        HeapBootstraps.emitSafepoint(code);
        code.visitInsn(Opcodes.RETURN);
        code.visitMaxs(0, 0);
        code.visitEnd();
        final MethodHandle run = GeneratedClass.find(
            generated.define(), "run", MethodType.methodType(void.class, Mutator.class));
        final Throwable thrown = assertThrows(BootstrapMethodError.class, () -> run.invoke((Mutator) null));
        assertTrue(thrown.getCause().getMessage().contains("not enabled for linking"), thrown.getCause()::toString);
    }

    @Test
    void shouldLearnLayoutsWhenASiteDispatches() throws Throwable {
        try (JitHeap heap = JitHeap.withStm(PageSharing.PRIVATE_COW)) {
            final ObjectLayout[] layouts = new ObjectLayout[LAYOUTS];
            final Field[] fields = new Field[LAYOUTS];
            for (int i = 0; i < LAYOUTS; i++) {
                final ObjectLayout.Builder builder = ObjectLayout.named("shape" + i);
                for (int pad = 0; pad < i; pad++) {
                    builder.field("pad" + pad, FieldType.INT64);
                }
                fields[i] = builder.field("x", FieldType.INT64);
                layouts[i] = heap.heap().register(builder);
            }
            final DispatchSite site =
                new DispatchSite(new HeapLinker(heap.heap()), MemberResolver.fields(), "x", GETTER);
            final MethodHandle call = site.dynamicInvoker();
            final Mutator m = heap.first();
            m.begin();
            for (int round = 0; round < 3; round++) {
                for (int i = 0; i < LAYOUTS; i++) {
                    final long ref = m.allocate(layouts[i]);
                    m.putLong(ref, fields[i], 100 + i);
                    assertEquals(100 + i, (long) call.invokeExact(m, ref));
                    assertEquals(100 + i, (long) call.invokeExact(m, ref));
                    if (round == 0) {
                        assertEquals(i + 1, site.missCount());
                    }
                }
            }
            assertEquals(LAYOUTS, site.missCount());
            assertEquals(LAYOUTS, site.layoutCount());
            assertThrows(IllegalArgumentException.class, () -> {
                final long ignored = (long) call.invokeExact(m, 1L);
            });
            site.invalidate();
            assertEquals(0, site.layoutCount());
            final long ref = m.allocate(layouts[1]);
            m.putLong(ref, fields[1], 7);
            assertEquals(7, (long) call.invokeExact(m, ref));
            assertEquals(1, site.layoutCount());
        }
    }

    @Test
    void shouldCombineWhenAnInterpreterGeneratesNothing() throws Throwable {
        try (JitHeap heap = JitHeap.withStm(PageSharing.PRIVATE_COW)) {
            final HeapLinker linker = new HeapLinker(heap.heap());
            final MethodHandle zero = MethodHandles.dropArguments(
                MethodHandles.constant(long.class, -1L), 0, Mutator.class, long.class);
            final MethodHandle valueOrMinusOne =
                linker.guardLayout(heap.cell(), linker.getter(heap.value()), zero);
            final Mutator m = heap.first();
            m.begin();
            assertEquals(0, (long) valueOrMinusOne.invokeExact(m, heap.cell(0)));
            assertEquals(-1, (long) valueOrMinusOne.invokeExact(m, heap.array(0)));
            assertEquals(-1, (long) valueOrMinusOne.invokeExact(m, 0L));
            assertEquals(-1, (long) valueOrMinusOne.invokeExact(m, 5L));
            final MethodHandle isCell = linker.layoutTest(heap.cell());
            assertTrue((boolean) isCell.invokeExact(m, heap.cell(0)));
            for (final long other : new long[] {heap.array(0), 0, 5}) {
                assertFalse((boolean) isCell.invokeExact(m, other));
            }
            final long young = (long) linker.allocator(heap.cell()).invokeExact(m);
            linker.setter(heap.value()).invokeExact(m, young, 9L);
            final MethodHandle collect =
                MethodHandles.lookup().findVirtual(Mutator.class, "collectNursery", MethodType.methodType(void.class));
            final long moved = (long) linker.keepingRoot(collect).invokeExact(m, young);
            assertEquals(9, (long) valueOrMinusOne.invokeExact(m, moved));
            assertTrue(moved != young);
        }
    }
}

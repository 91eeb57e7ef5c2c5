package org.segstm.jit.constants;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.segstm.heap.Mutator;
import org.segstm.heap.PageSharing;
import org.segstm.jit.JitHeap;
import org.segstm.jit.emit.GeneratedClass;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

@Timeout(60)
class CodeConstantsTest {
    private static final MethodType LOADER = MethodType.methodType(long.class, Mutator.class);

    /** Code that returns the constant. */
    private static MethodHandle load(final CodeConstants table, final CodeConstant constant) {
        final GeneratedClass generated = new GeneratedClass(MethodHandles.lookup(), "Constant");
        final MethodVisitor code = generated.method("run", LOADER);
        table.emitPush(generated, code, constant, 0);
        code.visitInsn(Opcodes.LRETURN);
        code.visitMaxs(0, 0);
        code.visitEnd();
        return GeneratedClass.find(generated.define(), "run", LOADER);
    }

    private static long newCell(final JitHeap heap, final Mutator m, final long value) {
        final long ref = m.allocate(heap.cell());
        m.putLong(ref, heap.value(), value);
        return ref;
    }

    @ParameterizedTest
    @EnumSource(PageSharing.class)
    void shouldKeepTheObjectAliveWhenNothingElseDoes(final PageSharing sharing) throws Throwable {
        try (JitHeap heap = JitHeap.withStm(sharing); CodeConstants table = new CodeConstants(heap.heap())) {
            final Mutator m = heap.first();
            final CodeConstant[] made = new CodeConstant[1];
            m.atomicallyDo(t -> made[0] = table.constant(t, "c", newCell(heap, t, 42)));
            assertTrue(made[0].isPublished());
            final MethodHandle code = load(table, made[0]);
            heap.heap().collectMajor();
            m.begin();
            assertEquals(42, m.getLong((long) code.invokeExact(m), heap.value()));
            m.commit();
            heap.second().begin();
            assertEquals(42, heap.second().getLong((long) code.invokeExact(heap.second()), heap.value()));
            heap.second().commit();
        }
    }

    @ParameterizedTest
    @EnumSource(PageSharing.class)
    void shouldFollowTheObjectWhenItMovesBeforeTheCommit(final PageSharing sharing) throws Throwable {
        try (JitHeap heap = JitHeap.withStm(sharing); CodeConstants table = new CodeConstants(heap.heap())) {
            final Mutator m = heap.first();
            m.begin();
            final long young = newCell(heap, m, 7);
            final CodeConstant constant = table.constant(m, "c", young);
            final MethodHandle code = load(table, constant);
            assertEquals(young, (long) code.invokeExact(m));
            assertFalse(constant.isPublished());
            m.collectNursery();
            final long moved = (long) code.invokeExact(m);
            assertNotEquals(young, moved);
            assertEquals(7, m.getLong(moved, heap.value()));
            m.park();
            heap.second().begin();
            final IllegalStateException thrown = assertThrows(IllegalStateException.class,
                () -> constant.ref(heap.second()));
            assertTrue(thrown.getMessage().contains("only mutator first can use it"), thrown::getMessage);
            heap.second().commit();
            m.unpark();
            m.commit();
            assertTrue(constant.isPublished());
            heap.second().begin();
            assertEquals(moved, (long) code.invokeExact(heap.second()));
            heap.second().commit();
        }
    }

    @ParameterizedTest
    @EnumSource(PageSharing.class)
    void shouldMakeCodeInvalidWhenTheTransactionAborts(final PageSharing sharing) {
        try (JitHeap heap = JitHeap.withStm(sharing); CodeConstants table = new CodeConstants(heap.heap())) {
            final Mutator m = heap.first();
            m.begin();
            final CodeConstant constant = table.constant(m, "c", newCell(heap, m, 7));
            assertTrue(constant.assumption().isValid());
            m.abort();
            assertFalse(constant.assumption().isValid());
            m.begin();
            assertThrows(IllegalStateException.class, () -> constant.ref(m));
            m.commit();
            assertEquals(0, table.size());
        }
    }

    @Test
    void shouldLoseThoseOfTheBlockAloneWhenANestedBlockIsUndone() {
        try (JitHeap heap = JitHeap.withStm(PageSharing.PRIVATE_COW);
            CodeConstants table = new CodeConstants(heap.heap())) {
            final Mutator m = heap.first();
            m.begin();
            final CodeConstant outer = table.constant(m, "outer", newCell(heap, m, 1));
            m.beginNested();
            final CodeConstant inner = table.constant(m, "inner", newCell(heap, m, 2));
            m.abortNested();
            final CodeConstant later = table.constant(m, "later", newCell(heap, m, 3));
            m.commit();
            assertTrue(outer.isPublished() && later.isPublished());
            assertFalse(inner.assumption().isValid());
            m.begin();
            assertEquals(1, m.getLong(outer.ref(), heap.value()));
            assertEquals(3, m.getLong(later.ref(), heap.value()));
            m.commit();
        }
    }

    @Test
    void shouldFreeTheObjectWhenTheConstantIsReleased() {
        try (JitHeap heap = JitHeap.withStm(PageSharing.PRIVATE_COW);
            CodeConstants table = new CodeConstants(heap.heap())) {
            final Mutator m = heap.first();
            final CodeConstant[] made = new CodeConstant[1];
            m.atomicallyDo(t -> made[0] = table.constant(t, "c", t.allocate(heap.array(), 10_000)));
            heap.heap().collectMajor();
            final long before = heap.heap().statistics().usedBytes();
            table.release(made[0]);
            assertFalse(made[0].assumption().isValid());
            heap.heap().collectMajor();
            assertTrue(before - heap.heap().statistics().usedBytes() >= 80_000);
        }
    }

    @Test
    void shouldPublishImmediatesAndCommittedRefsAtOnce() {
        try (JitHeap heap = JitHeap.withStm(PageSharing.PRIVATE_COW);
            CodeConstants table = new CodeConstants(heap.heap())) {
            final Mutator m = heap.first();
            assertThrows(IllegalStateException.class, () -> table.constant(m, "c", 0));
            m.begin();
            assertEquals(0, table.constant(m, "null", 0).ref());
            assertEquals(85, table.constant(m, "number", 85).ref());
            assertEquals(heap.cell(0), table.constant(m, "cell", heap.cell(0)).ref());
            m.commit();
        }
    }

    @Test
    void shouldPublishBehindACollectionWhenThereIsNoStm() throws Throwable {
        try (JitHeap heap = JitHeap.serial(); CodeConstants table = new CodeConstants(heap.heap())) {
            final Mutator m = heap.first();
            m.begin();
            final CodeConstant constant = table.constant(m, "c", newCell(heap, m, 7));
            final MethodHandle code = load(table, constant);
            m.commit();
            m.begin();
            assertEquals(7, m.getLong((long) code.invokeExact(m), heap.value()));
            m.collectNursery();
            assertEquals(7, m.getLong((long) code.invokeExact(m), heap.value()));
            assertTrue(constant.isPublished());
            m.commit();
            heap.heap().collectMajor();
            heap.second().begin();
            assertEquals(7, heap.second().getLong((long) code.invokeExact(heap.second()), heap.value()));
            heap.second().commit();
        }
    }
}

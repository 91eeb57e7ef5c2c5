package org.segstm.jit.emit;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.segstm.heap.CheckedAccessException;
import org.segstm.heap.Mutator;
import org.segstm.heap.PageSharing;
import org.segstm.heap.layout.FieldType;
import org.segstm.jit.HeapConstants;
import org.segstm.jit.JitHeap;
import org.segstm.jit.placement.Barrier;
import org.segstm.jit.placement.Place;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.function.Consumer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What is emitted, on a checked heap: a barrier that does too little is an exception at the next access. */
@Timeout(60)
class EmissionTest {
    private static final int REF = 1;
    private static final int NUMBER = 3;
    private static final int FIRST_FREE = 5;
    private static final int LAST_OF_RANGE = 40;
    private static final MethodType TYPE = MethodType.methodType(long.class, Mutator.class, long.class, long.class);

    private static MethodHandle generate(final HeapConstants constants, final Consumer<Method> body) {
        final GeneratedClass generated = new GeneratedClass(MethodHandles.lookup(), "Emitted");
        final Method method = new Method();
        method.visitor = generated.method("run", TYPE);
        method.code = new HeapCode(generated, method.visitor, constants, 0, FIRST_FREE);
        method.code.enter();
        body.accept(method);
        method.visitor.visitInsn(Opcodes.LRETURN);
        method.code.end();
        return GeneratedClass.find(generated.define(), "run", TYPE);
    }

    private static HeapConstants constants(final JitHeap heap, final boolean inlined) {
        return inlined ? heap.constants() : heap.constants().callingMutator();
    }

    private static Place range(final JitHeap heap, final long last) {
        return Place.items(0, 3, heap.array().variableOffset(), 0, last);
    }

    /** Reads the item whose index is the number, behind a barrier. */
    private static MethodHandle reader(final JitHeap heap, final boolean inlined, final Place place) {
        return generate(constants(heap, inlined), m -> {
            m.code.barriers(List.of(new Barrier(Barrier.Kind.READ, 0, place, "")), m);
            m.code.itemOffset(heap.array(), 3, v -> m.pushIndex(v, 0));
            m.code.loadItem(REF, FieldType.REF);
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldMarkEachCardWhenARangeIsRead(final boolean inlined) throws Throwable {
        for (final long last : new long[] {LAST_OF_RANGE, Place.END}) {
            try (JitHeap heap = JitHeap.withStm(PageSharing.PRIVATE_COW)) {
                final MethodHandle read = reader(heap, inlined, range(heap, last));
                final long end = last == Place.END ? 99 : last;
                for (long i = 0; i <= end; i += end / 4) {
                    heap.first().begin();
                    assertEquals(0, (long) read.invokeExact(heap.first(), heap.array(0), i));
                    heap.first().commit();
                }
                if (last != Place.END) {
                    heap.first().begin();
                    assertThrows(CheckedAccessException.class, () -> {
                        final long ignored = (long) read.invokeExact(heap.first(), heap.array(0), 99L);
                    });
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldOpenEachCardWhenARangeIsWritten(final boolean inlined) throws Throwable {
        for (final long last : new long[] {LAST_OF_RANGE, Place.END}) {
            try (JitHeap heap = JitHeap.withStm(PageSharing.PRIVATE_COW)) {
                final MethodHandle write = generate(constants(heap, inlined), m -> {
                    m.code.barriers(List.of(new Barrier(Barrier.Kind.WRITE, 0, range(heap, last), "")), m);
                    m.code.itemOffset(heap.array(), 3, v -> m.pushIndex(v, 0));
                    m.code.beginStoreItem(REF);
                    m.visitor.visitLdcInsn(5L);
                    m.code.endStore(FieldType.REF);
                    m.code.loadItem(REF, FieldType.REF);
                });
                final long end = last == Place.END ? 99 : last;
                heap.first().begin();
                for (long i = 0; i <= end; i += end / 4) {
                    assertEquals(5, (long) write.invokeExact(heap.first(), heap.array(0), i));
                }
                heap.first().commit();
                heap.first().begin();
                assertEquals(5, heap.first().getRefAt(heap.array(0), end / 4));
                heap.first().commit();
            }
        }
    }

    @Test
    void shouldNameTheBarrierWhenItIsLeftOut() throws Throwable {
        try (JitHeap heap = JitHeap.withStm(PageSharing.PRIVATE_COW)) {
            final MethodHandle read = generate(heap.constants(), m -> m.code.loadField(REF, heap.value()));
            heap.first().begin();
            final CheckedAccessException thrown = assertThrows(CheckedAccessException.class, () -> {
                final long ignored = (long) read.invokeExact(heap.first(), heap.cell(0), 0L);
            });
            assertTrue(thrown.getMessage().startsWith("missing read barrier"), thrown::getMessage);
        }
    }

    /** Adds one to a cell, the number of times it is told; polls each time. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldGoOnWithAllUpdatesWhenTheTransactionBreaks(final boolean inlined) throws Throwable {
        try (JitHeap heap = JitHeap.withStm(PageSharing.PRIVATE_COW)) {
            final Barrier write = new Barrier(Barrier.Kind.WRITE, 0, Place.object(), "");
            final MethodHandle run = generate(constants(heap, inlined), m -> {
                final Label again = new Label();
                final MethodVisitor v = m.visitor;
                m.code.barriers(List.of(write), m);
                v.visitLabel(again);
                m.code.beginStore(REF, heap.value());
                m.code.loadField(REF, heap.value());
                v.visitInsn(Opcodes.LCONST_1);
                v.visitInsn(Opcodes.LADD);
                m.code.endStore(FieldType.INT64);
                m.code.allocate(heap.cell(), FIRST_FREE + HeapCode.LOCALS);
                v.visitVarInsn(Opcodes.LLOAD, NUMBER);
                v.visitInsn(Opcodes.LCONST_1);
                v.visitInsn(Opcodes.LSUB);
                v.visitVarInsn(Opcodes.LSTORE, NUMBER);
                // The barrier stands before the loop, and again on the slow path of its poll.
                m.code.breakPoll(List.of(write), m);
                v.visitVarInsn(Opcodes.LLOAD, NUMBER);
                v.visitInsn(Opcodes.LCONST_0);
                v.visitInsn(Opcodes.LCMP);
                v.visitJumpInsn(Opcodes.IFGT, again);
                m.code.readBarrier(REF);
                m.code.loadField(REF, heap.value());
            });
            final Mutator mutator = heap.first();
            final long before = mutator.statistics().committed();
            mutator.begin();
            final long young = mutator.allocate(heap.cell());
            mutator.push(young);
            assertEquals(20_000, (long) run.invokeExact(mutator, young, 20_000L));
            mutator.commit();
            assertTrue(mutator.statistics().committed() - before > 10);
            assertFalse(mutator.inTransaction());
        }
    }

    @Test
    void shouldBeInevitableWhenAskedByAPlacement() throws Throwable {
        try (JitHeap heap = JitHeap.withStm(PageSharing.PRIVATE_COW)) {
            final MethodHandle run = generate(heap.constants(), m -> {
                m.code.barriers(List.of(new Barrier(Barrier.Kind.INEVITABLE, -1, null, "")), m);
                m.visitor.visitVarInsn(Opcodes.LLOAD, REF);
            });
            heap.first().begin();
            assertEquals(heap.cell(0), (long) run.invokeExact(heap.first(), heap.cell(0), 0L));
            assertTrue(heap.first().isInevitable());
            heap.first().commit();
        }
    }

    /** A method that is emitted, and where its one ref and its one number are. */
    private static final class Method implements Operands {
        private MethodVisitor visitor;
        private HeapCode code;

        @Override
        public int refLocal(final int value) {
            return REF;
        }

        @Override
        public void pushIndex(final MethodVisitor method, final int value) {
            method.visitVarInsn(Opcodes.LLOAD, NUMBER);
        }

        @Override
        public void spill(final MethodVisitor method) {
            method.visitVarInsn(Opcodes.ALOAD, 0);
            method.visitVarInsn(Opcodes.LLOAD, REF);
            method.visitMethodInsn(Opcodes.INVOKEVIRTUAL, "org/segstm/heap/Mutator", "push", "(J)V", false);
        }

        @Override
        public void reload(final MethodVisitor method) {
            method.visitVarInsn(Opcodes.ALOAD, 0);
            method.visitMethodInsn(Opcodes.INVOKEVIRTUAL, "org/segstm/heap/Mutator", "pop", "()J", false);
            method.visitVarInsn(Opcodes.LSTORE, REF);
        }
    }
}

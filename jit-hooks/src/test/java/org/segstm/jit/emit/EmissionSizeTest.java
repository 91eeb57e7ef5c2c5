package org.segstm.jit.emit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.util.CheckClassAdapter;
import org.segstm.heap.Mutator;
import org.segstm.heap.layout.FieldType;
import org.segstm.jit.HeapConstants;
import org.segstm.jit.JitHeap;
import org.segstm.jit.placement.Barrier;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.function.Consumer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.segstm.heap.PageSharing.PRIVATE_COW;

/** How many bytes of bytecode an operation takes where the code runs. */
@Timeout(60)
class EmissionSizeTest {
    private static final int REF = 1;
    private static final int FIRST_FREE = 5;
    private static MethodVisitor current;

    @Test
    void shouldTakeFewBytesWhenInline() {
        try (JitHeap heap = JitHeap.withStm(PRIVATE_COW)) {
            assertAtMost(14, heap.constants(), code -> code.readBarrier(REF));
            assertAtMost(13, heap.constants(), code -> code.writeBarrier(REF));
            assertAtMost(14, heap.constants(), code -> code.writeCardBarrier(REF, 1000));
            assertAtMost(22, heap.constants(), code -> code.safepoint(List.of(), new NoOperands()));
            assertAtMost(29, heap.constants(), code -> code.breakPoll(List.<Barrier>of(), new NoOperands()));
            assertAtMost(44, heap.constants(), code -> code.allocate(heap.cell(), REF));
        }
    }

    @Test
    void shouldTakeFewerBytesWhenTheMutatorDoesIt() {
        try (JitHeap heap = JitHeap.withStm(PRIVATE_COW)) {
            final HeapConstants calling = heap.constants().callingMutator();
            assertAtMost(7, calling, code -> code.readBarrier(REF));
            assertAtMost(6, calling, code -> code.writeBarrier(REF));
        }
    }

    @Test
    void shouldTakeNothingWhenReadsNeedNoBarrier() {
        try (JitHeap heap = JitHeap.serial()) {
            assertAtMost(0, heap.constants(), code -> code.readBarrier(REF));
        }
    }

    @Test
    void shouldPassTheVerifierOfClassFilesWhenAllIsEmitted() {
        try (JitHeap heap = JitHeap.withStm(PRIVATE_COW)) {
            final GeneratedClass generated = new GeneratedClass(MethodHandles.lookup(), "All");
            emit(generated, heap.constants(), code -> {
                code.readBarrier(REF);
                code.loadField(REF, heap.next());
                pop();
                code.writeBarrier(REF);
                code.itemOffset(heap.array(), 3, m -> m.visitVarInsn(Opcodes.LLOAD, REF + 2));
                code.writeItemBarrier(REF);
                code.readItemBarrier(REF);
                code.loadItem(REF, FieldType.REF);
                pop();
                code.allocate(heap.array(), 10, REF);
                code.allocate(heap.cell(), REF);
                code.safepoint(List.of(), new NoOperands());
                code.breakPoll(List.of(), new NoOperands());
            });
            final StringWriter problems = new StringWriter();
            CheckClassAdapter.verify(new ClassReader(generated.toByteArray()), EmissionSizeTest.class.getClassLoader(),
                false, new PrintWriter(problems));
            assertEquals("", problems.toString());
        }
    }

    private static void pop() {
        current.visitInsn(Opcodes.POP2);
    }

    private static HeapCode emit(
        final GeneratedClass generated, final HeapConstants constants, final Consumer<HeapCode> body) {
        current = generated.method("run",
            MethodType.methodType(void.class, Mutator.class, long.class, long.class));
        final HeapCode code = new HeapCode(generated, current, constants, 0, FIRST_FREE);
        code.enter();
        body.accept(code);
        current.visitInsn(Opcodes.RETURN);
        code.end();
        return code;
    }

    private static int size(final HeapConstants constants, final Consumer<HeapCode> body) {
        final GeneratedClass generated = new GeneratedClass(MethodHandles.lookup(), "Size");
        final HeapCode code = emit(generated, constants, body);
        generated.toByteArray();
        return code.hotBytes();
    }

    private static void assertAtMost(final int bytes, final HeapConstants constants, final Consumer<HeapCode> body) {
        final int taken = size(constants, body) - size(constants, code -> { });
        assertTrue(taken <= bytes, "taken=" + taken + " atMost=" + bytes);
    }

    /** Nothing lives in locals. */
    private static final class NoOperands implements Operands {
        @Override
        public int refLocal(final int value) {
            return REF;
        }

        @Override
        public void spill(final MethodVisitor method) {
        }

        @Override
        public void reload(final MethodVisitor method) {
        }
    }
}

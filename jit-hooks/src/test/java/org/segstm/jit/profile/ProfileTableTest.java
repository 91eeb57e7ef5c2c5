package org.segstm.jit.profile;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.segstm.heap.Mutator;
import org.segstm.heap.PageSharing;
import org.segstm.jit.JitHeap;
import org.segstm.jit.emit.GeneratedClass;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

@Timeout(60)
class ProfileTableTest {
    private static final int MANY = 5000;

    @Test
    void shouldConflictWithNobodyWhenTwoTransactionsCountTheSame() {
        try (JitHeap heap = JitHeap.withStm(PageSharing.PRIVATE_COW); ProfileTable table = new ProfileTable()) {
            final long counter = table.newCounter();
            final Mutator first = heap.first();
            final Mutator second = heap.second();
            first.begin();
            first.putLong(heap.cell(0), heap.value(), 1);
            ProfileTable.count(counter);
            first.park();
            second.begin();
            second.putLong(heap.cell(1), heap.value(), 1);
            ProfileTable.count(counter);
            second.park();
            first.unpark();
            ProfileTable.count(counter);
            assertTrue(first.tryCommit());
            second.unpark();
            ProfileTable.count(counter);
            assertTrue(second.tryCommit());
            assertEquals(4, ProfileTable.read(counter));
        }
    }

    @Test
    void shouldKeepWhatWasLearntWhenTheTransactionAborts() {
        try (JitHeap heap = JitHeap.withStm(PageSharing.PRIVATE_COW); ProfileTable table = new ProfileTable()) {
            final long types = table.newTypes();
            heap.first().begin();
            ProfileTable.saw(types, heap.first().layoutIdOf(heap.cell(0)));
            heap.first().abort();
            assertEquals(List.of(new TypeFeedback.Seen(heap.cell().id(), 1)), ProfileTable.types(types).seen());
            assertTrue(ProfileTable.types(types).isMonomorphic());
        }
    }

    @Test
    void shouldTellFourLayoutsApartWhenThereAreMore() {
        try (ProfileTable table = new ProfileTable()) {
            final long types = table.newTypes();
            for (int id = 0; id < 6; id++) {
                for (int i = 0; i <= id; i++) {
                    ProfileTable.saw(types, id);
                }
            }
            final TypeFeedback feedback = ProfileTable.types(types);
            assertEquals(ProfileTable.TYPES, feedback.seen().size());
            assertEquals(new TypeFeedback.Seen(3, 4), feedback.seen().get(0));
            assertEquals(11, feedback.others());
            assertFalse(feedback.isMonomorphic());
        }
    }

    @Test
    void shouldCountWhenGeneratedCodeDoes() throws Throwable {
        try (ProfileTable table = new ProfileTable()) {
            final long counter = table.newCounter();
            final long types = table.newTypes();
            final GeneratedClass generated = new GeneratedClass(MethodHandles.lookup(), "Counting");
            final MethodVisitor code = generated.method("run", MethodType.methodType(void.class, int.class));
            ProfileTable.emitCount(code, counter);
            code.visitVarInsn(Opcodes.ILOAD, 0);
            ProfileTable.emitSaw(code, types);
            code.visitInsn(Opcodes.RETURN);
            code.visitMaxs(0, 0);
            code.visitEnd();
            final MethodHandle run = GeneratedClass.find(
                generated.define(), "run", MethodType.methodType(void.class, int.class));
            run.invokeExact(7);
            run.invokeExact(7);
            assertEquals(2, ProfileTable.read(counter));
            assertEquals(List.of(new TypeFeedback.Seen(7, 2)), ProfileTable.types(types).seen());
        }
    }

    @Test
    void shouldKeepRecordsApartWhenThereAreMany() {
        try (ProfileTable table = new ProfileTable()) {
            final long[] counters = new long[MANY];
            for (int i = 0; i < MANY; i++) {
                counters[i] = table.newCounter();
                assertEquals(0, ProfileTable.read(counters[i]));
                ProfileTable.count(counters[i]);
            }
            for (final long counter : counters) {
                assertEquals(1, ProfileTable.read(counter));
            }
        }
    }
}

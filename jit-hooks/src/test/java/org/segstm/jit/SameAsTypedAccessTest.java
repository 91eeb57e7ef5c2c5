package org.segstm.jit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.segstm.heap.Mutator;
import org.segstm.heap.PageSharing;

import java.util.Random;
import java.util.StringJoiner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.segstm.jit.Steps.begin;
import static org.segstm.jit.Steps.commit;
import static org.segstm.jit.Steps.step;

/**
 * Random interleavings of two mutators, run twice: through the typed API, and by raw access with the barriers of
 * generated code. What is read and which transactions commit must be the same.
 */
@Timeout(120)
class SameAsTypedAccessTest {
    private static final int SEEDS = 5;
    private static final int STEPS = 3000;
    private static final int KINDS = 12;
    private static final int KINDS_OF_CELLS = 4;
    private static final int KINDS_OF_ARRAYS = 8;
    private static final int ELEMENT_BYTES = 8;

    @ParameterizedTest
    @EnumSource(PageSharing.class)
    void shouldDoTheSameWhenStepsInterleave(final PageSharing sharing) {
        for (long seed = 1; seed <= SEEDS; seed++) {
            final String typed = run(JitHeap.withStm(sharing), seed, new TypedAccess());
            assertEquals(typed, run(JitHeap.withStm(sharing), seed, new GeneratedAccess()), "seed=" + seed);
            final JitHeap inlined = JitHeap.withStm(sharing);
            assertEquals(typed, run(inlined, seed, new EmittedAccess(inlined, inlined.constants)), "seed=" + seed);
            final JitHeap calling = JitHeap.withStm(sharing);
            assertEquals(typed, run(calling, seed, new EmittedAccess(calling, calling.constants.callingMutator())),
                "seed=" + seed);
            assertTrue(typed.contains("committed") && typed.contains("aborted"), "seed=" + seed);
        }
    }

    @Test
    void shouldDoTheSameWhenThereIsNoStm() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            final String typed = run(JitHeap.serial(), seed, new TypedAccess());
            assertEquals(typed, run(JitHeap.serial(), seed, new GeneratedAccess()), "seed=" + seed);
            final JitHeap emitted = JitHeap.serial();
            assertEquals(typed, run(emitted, seed, new EmittedAccess(emitted, emitted.constants)), "seed=" + seed);
        }
    }

    /** What happened, in words and numbers. */
    private static String run(final JitHeap heap, final long seed, final Access access) {
        final Random random = new Random(seed);
        final StringJoiner story = new StringJoiner(" ");
        try (heap) {
            for (int i = 0; i < STEPS; i++) {
                final Mutator mutator = choose(heap, random);
                if (!mutator.inTransaction()) {
                    begin(mutator);
                } else {
                    final int kind = random.nextInt(KINDS);
                    final int index = random.nextInt(1 << 16);
                    story.add(kind < KINDS_OF_ARRAYS
                        ? Long.toString(step(mutator, m -> act(heap, m, access, kind, index)))
                        : kind == KINDS_OF_ARRAYS ? commit(mutator) ? "committed" : "aborted" : "");
                }
            }
        }
        return story.toString();
    }

    /** Without STM there is one segment, so that only one of them can be in a transaction. */
    private static Mutator choose(final JitHeap heap, final Random random) {
        final Mutator chosen = random.nextBoolean() ? heap.first : heap.second;
        final Mutator other = chosen == heap.first ? heap.second : heap.first;
        return heap.constants.serial() && other.inTransaction() ? other : chosen;
    }

    private static long act(
        final JitHeap heap, final Mutator m, final Access access, final int kind, final int index) {
        final long ref = kind < KINDS_OF_CELLS
            ? heap.cells[index % JitHeap.CELLS] : heap.arrays[index % JitHeap.ARRAYS];
        final int element = index % JitHeap.ARRAY_LENGTH;
        switch (kind) {
            case 0:
            case 1:
            case 2:
                return access.value(heap, m, ref);
            case 3:
                access.setValue(heap, m, ref, index);
                return 0;
            case 4:
            case 5:
            case 6:
                return access.element(heap, m, ref, element) == 0 ? 0 : 1;
            default:
                access.setElement(heap, m, ref, element, heap.cells[index % JitHeap.CELLS]);
                return 0;
        }
    }

    /** Two ways to do the same. */
    interface Access {
        long value(JitHeap heap, Mutator m, long ref);

        void setValue(JitHeap heap, Mutator m, long ref, long value);

        long element(JitHeap heap, Mutator m, long ref, int index);

        void setElement(JitHeap heap, Mutator m, long ref, int index, long value);
    }

    private static final class TypedAccess implements Access {
        @Override
        public long value(final JitHeap heap, final Mutator m, final long ref) {
            return m.getLong(ref, heap.value);
        }

        @Override
        public void setValue(final JitHeap heap, final Mutator m, final long ref, final long value) {
            m.putLong(ref, heap.value, value);
        }

        @Override
        public long element(final JitHeap heap, final Mutator m, final long ref, final int index) {
            return m.getRefAt(ref, index);
        }

        @Override
        public void setElement(final JitHeap heap, final Mutator m, final long ref, final int index, final long value) {
            m.putRefAt(ref, index, value);
        }
    }

    private static final class GeneratedAccess implements Access {
        @Override
        public long value(final JitHeap heap, final Mutator m, final long ref) {
            Barriers.readBarrier(m.segmentBase(), ref, m.readVersion());
            return RawAccess.getLong(m, m.segmentBase(), ref, heap.value.offset());
        }

        @Override
        public void setValue(final JitHeap heap, final Mutator m, final long ref, final long value) {
            Barriers.writeBarrier(m, m.segmentBase(), ref);
            RawAccess.putLong(m, m.segmentBase(), ref, heap.value.offset(), value);
        }

        @Override
        public long element(final JitHeap heap, final Mutator m, final long ref, final int index) {
            final long offset = offset(heap, index);
            Barriers.readCardBarrier(m.segmentBase(), ref, offset, m.readVersion());
            return RawAccess.getLong(m, m.segmentBase(), ref, offset);
        }

        @Override
        public void setElement(final JitHeap heap, final Mutator m, final long ref, final int index, final long value) {
            final long offset = offset(heap, index);
            Barriers.writeCardBarrier(m, m.segmentBase(), ref, offset, heap.constants);
            RawAccess.putLong(m, m.segmentBase(), ref, offset, value);
        }

        private static long offset(final JitHeap heap, final int index) {
            return heap.array.variableOffset() + (long) index * ELEMENT_BYTES;
        }
    }
}

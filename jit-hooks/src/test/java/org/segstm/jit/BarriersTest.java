package org.segstm.jit;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.segstm.heap.CheckedAccessException;
import org.segstm.heap.Mutator;
import org.segstm.heap.PageSharing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.segstm.jit.Steps.begin;
import static org.segstm.jit.Steps.commit;
import static org.segstm.jit.Steps.step;

/** Raw loads and stores with the barriers of generated code, two mutators in turn. */
@Timeout(60)
class BarriersTest {
    private static final int ELEMENT_BYTES = 8;
    private static final int FAR_ELEMENT = 90;

    @ParameterizedTest
    @EnumSource(PageSharing.class)
    void shouldAbortLostUpdateWhenBothIncrement(final PageSharing sharing) {
        try (JitHeap heap = JitHeap.withStm(sharing)) {
            begin(heap.first);
            begin(heap.second);
            step(heap.first, m -> increment(heap, m));
            step(heap.second, m -> increment(heap, m));
            assertTrue(commit(heap.first));
            assertFalse(commit(heap.second));
            begin(heap.second);
            assertEquals(1, step(heap.second, m -> read(heap, m)));
        }
    }

    @ParameterizedTest
    @EnumSource(PageSharing.class)
    void shouldRefuseSlowPathOfWriteBarrierWhenItIsNotDue(final PageSharing sharing) {
        try (JitHeap heap = JitHeap.withStm(sharing)) {
            begin(heap.first);
            step(heap.first, m -> {
                m.writeBarrierSlowPath(heap.cells[0]);
                assertThrows(CheckedAccessException.class, () -> m.writeBarrierSlowPath(heap.cells[0]));
                m.putLong(heap.cells[0], heap.value, 1);
                return 0;
            });
            assertTrue(commit(heap.first));
        }
    }

    @ParameterizedTest
    @EnumSource(PageSharing.class)
    void shouldAbortWriteSkewWhenEachReadsWhatTheOtherWrites(final PageSharing sharing) {
        try (JitHeap heap = JitHeap.withStm(sharing)) {
            begin(heap.first);
            begin(heap.second);
            step(heap.first, m -> copy(heap, m, 0, 1));
            step(heap.second, m -> copy(heap, m, 1, 0));
            assertTrue(commit(heap.first));
            assertFalse(commit(heap.second));
        }
    }

    @ParameterizedTest
    @EnumSource(PageSharing.class)
    void shouldCommitBothWhenDifferentCardsOfAnArrayAreUsed(final PageSharing sharing) {
        try (JitHeap heap = JitHeap.withStm(sharing)) {
            begin(heap.first);
            begin(heap.second);
            step(heap.first, m -> storeElement(heap, m, 0));
            step(heap.second, m -> loadElement(heap, m, FAR_ELEMENT) + storeElement(heap, m, FAR_ELEMENT));
            assertTrue(commit(heap.first));
            assertTrue(commit(heap.second));
        }
    }

    @ParameterizedTest
    @EnumSource(PageSharing.class)
    void shouldAbortWhenTheCardThatWasReadIsWritten(final PageSharing sharing) {
        try (JitHeap heap = JitHeap.withStm(sharing)) {
            begin(heap.first);
            begin(heap.second);
            step(heap.second, m -> loadElement(heap, m, FAR_ELEMENT) + storeElement(heap, m, 0));
            step(heap.first, m -> storeElement(heap, m, FAR_ELEMENT));
            assertTrue(commit(heap.first));
            assertFalse(commit(heap.second));
        }
    }

    @ParameterizedTest
    @EnumSource(PageSharing.class)
    void shouldTakeTheSlowPathOnceWhenAnObjectIsWrittenAgain(final PageSharing sharing) {
        try (JitHeap heap = JitHeap.withStm(sharing)) {
            begin(heap.first);
            step(heap.first, m -> {
                final long base = m.segmentBase();
                assertTrue(Barriers.needsWriteBarrier(base, heap.cells[0]));
                Barriers.writeBarrier(m, base, heap.cells[0]);
                assertFalse(Barriers.needsWriteBarrier(base, heap.cells[0]));
                assertTrue(Barriers.needsWriteBarrier(base, heap.cells[1]));
                return 0;
            });
            assertTrue(commit(heap.first));
            begin(heap.first);
            assertEquals(1, step(heap.first,
                m -> Barriers.needsWriteBarrier(m.segmentBase(), heap.cells[0]) ? 1 : 0));
        }
    }

    @ParameterizedTest
    @EnumSource(PageSharing.class)
    void shouldTakeTheSlowPathOncePerCardWhenAnArrayIsWritten(final PageSharing sharing) {
        try (JitHeap heap = JitHeap.withStm(sharing)) {
            begin(heap.first);
            step(heap.first, m -> {
                storeElement(heap, m, 0);
                assertFalse(needsCard(heap, m, 0));
                assertFalse(needsCard(heap, m, 1));
                assertTrue(needsCard(heap, m, FAR_ELEMENT));
                return 0;
            });
        }
    }

    @ParameterizedTest
    @EnumSource(PageSharing.class)
    void shouldNameTheReadBarrierWhenItIsMissing(final PageSharing sharing) {
        try (JitHeap heap = JitHeap.withStm(sharing)) {
            heap.first.begin();
            final Mutator m = heap.first;
            final long base = m.segmentBase();
            final CheckedAccessException missing = assertThrows(CheckedAccessException.class,
                () -> RawAccess.getLong(m, base, heap.cells[0], heap.value.offset()));
            assertEquals("missing read barrier before a load: ref=0x" + Long.toHexString(heap.cells[0])
                + " byteOffset=8 layout=" + heap.cell, missing.getMessage());
            Barriers.readBarrier(base, heap.cells[0], m.readVersion());
            assertEquals(0, RawAccess.getLong(m, base, heap.cells[0], heap.value.offset()));
            Barriers.readCardBarrier(base, heap.arrays[0], elementOffset(heap, 0), m.readVersion());
            assertThrows(CheckedAccessException.class,
                () -> RawAccess.getLong(m, base, heap.arrays[0], elementOffset(heap, FAR_ELEMENT)));
        }
    }

    @ParameterizedTest
    @EnumSource(PageSharing.class)
    void shouldNameTheWriteBarrierWhenItIsMissing(final PageSharing sharing) {
        try (JitHeap heap = JitHeap.withStm(sharing)) {
            heap.first.begin();
            final Mutator m = heap.first;
            final long base = m.segmentBase();
            final CheckedAccessException missing = assertThrows(CheckedAccessException.class,
                () -> RawAccess.putLong(m, base, heap.cells[0], heap.value.offset(), 1));
            assertEquals("missing write barrier before a store: ref=0x" + Long.toHexString(heap.cells[0])
                + " byteOffset=8 layout=" + heap.cell, missing.getMessage());
            Barriers.writeBarrier(m, base, heap.cells[0]);
            RawAccess.putLong(m, base, heap.cells[0], heap.value.offset(), 1);
            storeElement(heap, m, 0);
            assertThrows(CheckedAccessException.class,
                () -> RawAccess.putLong(m, base, heap.arrays[0], elementOffset(heap, FAR_ELEMENT), 1));
        }
    }

    @ParameterizedTest
    @EnumSource(PageSharing.class)
    void shouldNeedABarrierAgainWhenASafepointCollected(final PageSharing sharing) {
        try (JitHeap heap = JitHeap.withStm(sharing)) {
            heap.first.begin();
            final Mutator m = heap.first;
            final long refOffset = heap.next.offset();
            Barriers.writeBarrier(m, m.segmentBase(), heap.cells[0]);
            storeElement(heap, m, FAR_ELEMENT);
            m.collectNursery();
            assertTrue(Barriers.needsWriteBarrier(m.segmentBase(), heap.cells[0]));
            assertTrue(needsCard(heap, m, FAR_ELEMENT));
            final long young = m.allocate(heap.cell);
            m.putLong(young, heap.value, 42);
            Barriers.writeBarrier(m, m.segmentBase(), heap.cells[0]);
            RawAccess.putLong(m, m.segmentBase(), heap.cells[0], refOffset, young);
            Barriers.writeCardBarrier(
                m, m.segmentBase(), heap.arrays[0], elementOffset(heap, FAR_ELEMENT), heap.constants);
            RawAccess.putLong(m, m.segmentBase(), heap.arrays[0], elementOffset(heap, FAR_ELEMENT), young);
            m.commit();
            m.begin();
            final long moved = m.getRef(heap.cells[0], heap.next);
            assertEquals(moved, m.getRefAt(heap.arrays[0], FAR_ELEMENT));
            assertEquals(42, m.getLong(moved, heap.value));
        }
    }

    private static long increment(final JitHeap heap, final Mutator m) {
        final long base = m.segmentBase();
        final long ref = heap.cells[0];
        Barriers.writeBarrier(m, base, ref);
        RawAccess.putLong(m, base, ref, heap.value.offset(), read(heap, m) + 1);
        return 0;
    }

    private static long read(final JitHeap heap, final Mutator m) {
        Barriers.readBarrier(m.segmentBase(), heap.cells[0], m.readVersion());
        return RawAccess.getLong(m, m.segmentBase(), heap.cells[0], heap.value.offset());
    }

    private static long copy(final JitHeap heap, final Mutator m, final int from, final int to) {
        final long base = m.segmentBase();
        Barriers.readBarrier(base, heap.cells[from], m.readVersion());
        final long value = RawAccess.getLong(m, base, heap.cells[from], heap.value.offset());
        Barriers.writeBarrier(m, base, heap.cells[to]);
        RawAccess.putLong(m, base, heap.cells[to], heap.value.offset(), value + 1);
        return value;
    }

    private static long elementOffset(final JitHeap heap, final int index) {
        return heap.array.variableOffset() + (long) index * ELEMENT_BYTES;
    }

    private static boolean needsCard(final JitHeap heap, final Mutator m, final int index) {
        return Barriers.needsWriteCardBarrier(
            m.segmentBase(), heap.arrays[0], elementOffset(heap, index), heap.constants);
    }

    private static long storeElement(final JitHeap heap, final Mutator m, final int index) {
        final long offset = elementOffset(heap, index);
        Barriers.writeCardBarrier(m, m.segmentBase(), heap.arrays[0], offset, heap.constants);
        RawAccess.putLong(m, m.segmentBase(), heap.arrays[0], offset, heap.cells[0]);
        return 0;
    }

    private static long loadElement(final JitHeap heap, final Mutator m, final int index) {
        final long offset = elementOffset(heap, index);
        Barriers.readCardBarrier(m.segmentBase(), heap.arrays[0], offset, m.readVersion());
        return RawAccess.getLong(m, m.segmentBase(), heap.arrays[0], offset);
    }
}

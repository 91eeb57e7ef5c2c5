package org.segstm.jit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.segstm.bridge.Memory;
import org.segstm.heap.Mutator;
import org.segstm.heap.PageSharing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

@Timeout(60)
class NurseryAccessTest {
    private static final int MANY = 10_000;

    @ParameterizedTest
    @EnumSource(PageSharing.class)
    void shouldLeaveItToTheMutatorWhenChecked(final PageSharing sharing) {
        try (JitHeap heap = JitHeap.withStm(sharing)) {
            final Mutator m = begun(heap);
            m.allocate(heap.cell);
            assertEquals(NurseryAccess.NO_ROOM, NurseryAccess.tryAllocate(
                m.segmentBase(), m.controlAddress(), heap.cell.header(), heap.cell.fixedSize()));
            final long ref = NurseryAccess.allocate(m, m.segmentBase(), m.controlAddress(), heap.cell);
            assertEquals(0, m.getLong(ref, heap.value));
            m.putLong(ref, heap.value, 1);
        }
    }

    @ParameterizedTest
    @EnumSource(PageSharing.class)
    void shouldMakeObjectsLikeTheMutatorsWhenItBumpsThePosition(final PageSharing sharing) {
        try (JitHeap heap = JitHeap.withStm(sharing)) {
            final Mutator m = begun(heap);
            final long before = m.allocate(heap.cell);
            final long ref = bump(heap, m);
            assertEquals(before + heap.cell.fixedSize(), ref);
            assertEquals(ref + heap.cell.fixedSize(), m.allocate(heap.cell));
            assertEquals(Memory.getLong(m.segmentBase() + before), Memory.getLong(m.segmentBase() + ref));
            assertFalse(Barriers.needsWriteBarrier(m.segmentBase(), ref));
        }
    }

    @ParameterizedTest
    @EnumSource(PageSharing.class)
    void shouldFindZeroedRoomOrNoneWhenTheNurseryIsUsedUpAgainAndAgain(final PageSharing sharing) {
        try (JitHeap heap = JitHeap.withStm(sharing)) {
            final Mutator m = begun(heap);
            int noRoom = 0;
            for (int i = 0; i < MANY; i++) {
                final long ref = bump(heap, m);
                if (ref == NurseryAccess.NO_ROOM) {
                    noRoom++;
                    m.allocate(heap.cell);
                } else {
                    final long address = m.segmentBase() + ref;
                    assertEquals(0, Memory.getLong(address + heap.value.offset()));
                    Memory.putLong(address + heap.value.offset(), -1);
                }
                if (NurseryAccess.isSafepointDue(m.controlAddress())) {
                    m.safepoint();
                    assertFalse(NurseryAccess.isSafepointDue(m.controlAddress()));
                }
            }
            assertTrue(noRoom < MANY / 2, "noRoom=" + noRoom);
            assertTrue(m.statistics().minorCollections() > 1);
        }
    }

    @ParameterizedTest
    @EnumSource(PageSharing.class)
    void shouldBeDueWhenAnotherThreadWantsTheWorldToStop(final PageSharing sharing) throws InterruptedException {
        try (JitHeap heap = JitHeap.withStm(sharing)) {
            final Mutator m = begun(heap);
            assertFalse(NurseryAccess.isSafepointDue(m.controlAddress()));
            final Thread stopper = new Thread(heap.heap::reshare);
            stopper.start();
            while (!NurseryAccess.isSafepointDue(m.controlAddress())) {
                Thread.onSpinWait();
            }
            m.safepoint();
            stopper.join();
        }
    }

    @ParameterizedTest
    @EnumSource(PageSharing.class)
    void shouldStayDueUntilTheEndWhenTheVmAsks(final PageSharing sharing) throws InterruptedException {
        try (JitHeap heap = JitHeap.withStm(sharing)) {
            stayDueUntilTheEnd(heap);
        }
    }

    @Test
    void shouldStayDueUntilTheEndWhenThereIsNoStm() throws InterruptedException {
        try (JitHeap heap = JitHeap.serial()) {
            stayDueUntilTheEnd(heap);
        }
    }

    private static void stayDueUntilTheEnd(final JitHeap heap) throws InterruptedException {
        final Mutator m = begun(heap);
        for (final boolean byAnother : new boolean[] {false, true}) {
            m.safepoint();
            assertFalse(NurseryAccess.isSafepointDue(m.controlAddress()));
            if (byAnother) {
                final Thread other = new Thread(heap.heap::keepPollsDue);
                other.start();
                other.join();
            } else {
                m.keepPollsDue();
            }
            for (int i = 0; i < 3; i++) {
                assertTrue(NurseryAccess.isSafepointDue(m.controlAddress()));
                m.safepoint();
                m.allocate(heap.cell);
                m.collectNursery();
            }
            m.commit();
            m.begin();
        }
        m.safepoint();
        assertFalse(NurseryAccess.isSafepointDue(m.controlAddress()));
        m.commit();
        assertThrows(IllegalStateException.class, m::keepPollsDue);
        heap.heap.keepPollsDue();
        m.begin();
        m.safepoint();
        assertFalse(NurseryAccess.isSafepointDue(m.controlAddress()));
    }

    @Test
    void shouldWorkTheSameWhenThereIsNoStm() {
        try (JitHeap heap = JitHeap.serial()) {
            final Mutator m = begun(heap);
            final long before = m.allocate(heap.cell);
            assertEquals(before + heap.cell.fixedSize(), bump(heap, m));
            assertTrue(heap.constants.serial());
        }
    }

    /** Room for a few objects has been opened. */
    private static Mutator begun(final JitHeap heap) {
        heap.first.begin();
        heap.first.collectNursery();
        return heap.first;
    }

    private static long bump(final JitHeap heap, final Mutator m) {
        return NurseryAccess.bump(m.segmentBase(), m.controlAddress(), heap.cell.header(), heap.cell.fixedSize());
    }
}

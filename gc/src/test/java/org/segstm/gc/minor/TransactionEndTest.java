package org.segstm.gc.minor;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.segstm.gc.HeapMode;
import org.segstm.gc.TestHeap;
import org.segstm.heap.AbortCause;
import org.segstm.heap.GlobalRoot;
import org.segstm.heap.Mutator;
import org.segstm.heap.OutOfHeapException;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What commit publishes and abort frees. */
@Timeout(60)
class TransactionEndTest {
    @ParameterizedTest
    @EnumSource(HeapMode.class)
    void shouldShowOverflowObjectsToOthersWhenCommitted(final HeapMode mode) {
        try (TestHeap t = new TestHeap(mode)) {
            t.other.atomicallyDo(x -> t.pushList(x, 10));
            final GlobalRoot root = t.heap.newGlobalRoot("list");
            t.mutator.begin();
            t.pushList(t.mutator, 3000);
            t.mutator.collectNursery();
            t.mutator.putLong(t.mutator.root(0), t.value, 2999);
            t.mutator.push(t.newPair(t.mutator, 3000, t.mutator.pop()));
            t.mutator.commit();
            root.set(t.mutator.root(0));
            t.other.begin();
            assertEquals(3001, t.checkedLength(t.other, root.get()));
            assertFalse(t.other.inspect().isOverflow(root.get()));
            t.other.putLong(root.get(), t.value, -1);
            t.other.commit();
            t.mutator.atomicallyDo(x -> assertEquals(-1, x.getLong(x.root(0), t.value)));
        }
    }

    @ParameterizedTest
    @EnumSource(value = HeapMode.class, names = "SERIAL", mode = EnumSource.Mode.EXCLUDE)
    void shouldGiveAllRoomBackWhenAborted(final HeapMode mode) {
        try (TestHeap t = new TestHeap(mode)) {
            final Mutator m = t.mutator;
            m.atomicallyDo(x -> t.pushList(x, 100));
            final long before = t.usedBytes();
            for (int round = 0; round < 5; round++) {
                m.begin();
                t.pushList(m, 5000);
                m.push(m.allocate(t.array, 100_000));
                m.push(m.allocate(t.blob, 3000));
                m.collectNursery();
                m.putRef(m.root(0), t.next, m.root(1));
                t.pushList(m, 3000);
                m.push(m.allocate(t.array, 50_000));
                assertTrue(t.usedBytes() > before);
                m.abort();
                assertEquals(before, t.usedBytes());
                assertEquals(1, m.rootDepth());
            }
            m.atomicallyDo(x -> assertEquals(100, t.checkedLength(x, x.root(0))));
        }
    }

    @ParameterizedTest
    @EnumSource(value = HeapMode.class, names = "SERIAL", mode = EnumSource.Mode.EXCLUDE)
    void shouldReuseSlotsSafelyWhenTransactionsAbortAndCommitInTurn(final HeapMode mode) {
        try (TestHeap t = new TestHeap(mode)) {
            final Mutator m = t.mutator;
            for (int i = 0; i < 200; i++) {
                m.begin();
                t.pushList(m, 1 + i * 7 % 90);
                if (i % 2 == 0) {
                    m.collectNursery();
                    m.putLong(m.root(m.rootDepth() - 1), t.value, i * 7 % 90);
                }
                if (i % 3 == 0) {
                    m.abort();
                } else {
                    m.commit();
                }
                final int lists = m.rootDepth();
                t.other.atomicallyDo(x -> {
                    for (int r = 0; r < lists; r++) {
                        t.checkedLength(x, m.root(r));
                    }
                });
            }
        }
    }

    @ParameterizedTest
    @EnumSource(value = HeapMode.class, names = "SERIAL", mode = EnumSource.Mode.EXCLUDE)
    void shouldRollBackAndGoOnWhenPromotionRunsOutOfHeap(final HeapMode mode) {
        try (TestHeap t = new TestHeap(mode.context().heapBytes(4 << 20))) {
            final Mutator m = t.mutator;
            m.atomicallyDo(x -> t.pushList(x, 500));
            final long before = t.usedBytes();
            final OutOfHeapException e = assertThrows(OutOfHeapException.class, () -> m.atomicallyDo(x -> {
                for (int i = 0; true; i++) {
                    x.push(t.newPair(x, i, 0));
                    x.safepoint();
                }
            }));
            assertTrue(e.getMessage().startsWith("out of heap (raise segstm.heap"), e.getMessage());
            checkUsable(t, before);
        }
    }

    @ParameterizedTest
    @EnumSource(value = HeapMode.class, names = "SERIAL", mode = EnumSource.Mode.EXCLUDE)
    void shouldRollBackAndGoOnWhenAllocationOutsideRunsOutOfHeap(final HeapMode mode) {
        try (TestHeap t = new TestHeap(mode.context().heapBytes(4 << 20))) {
            t.mutator.atomicallyDo(x -> t.pushList(x, 500));
            final long before = t.usedBytes();
            assertThrows(OutOfHeapException.class, () -> t.mutator.atomicallyDo(x -> {
                while (true) {
                    x.push(x.allocate(t.pair));
                }
            }));
            assertEquals(before, t.usedBytes());
            assertThrows(OutOfHeapException.class, () -> t.mutator.atomicallyDo(x -> x.allocate(t.blob, 5 << 20)));
            assertThrows(OutOfHeapException.class,
                () -> t.mutator.atomicallyDo(x -> x.allocate(t.array, t.array.maximumLength())));
            assertEquals(2 + 1 + 1, t.mutator.statistics().aborted(AbortCause.OUT_OF_HEAP));
            checkUsable(t, before);
        }
    }

    private static void checkUsable(final TestHeap t, final long before) {
        assertEquals(before, t.usedBytes());
        t.mutator.atomicallyDo(x -> assertEquals(500, t.checkedLength(x, x.root(0))));
        t.other.atomicallyDo(x -> {
            t.pushList(x, 10_000);
            x.push(x.allocate(t.blob, 1 << 20));
        });
        t.other.atomicallyDo(x -> assertEquals(10_000, t.checkedLength(x, x.root(0))));
    }

    @ParameterizedTest
    @EnumSource(HeapMode.class)
    void shouldMoveNothingWhenThereIsNoRoomAndNoWayBack(final HeapMode mode) {
        try (TestHeap t = new TestHeap(mode.context().heapBytes(4 << 20))) {
            final Mutator m = t.mutator;
            m.beginInevitable("test");
            final OutOfHeapException e = assertThrows(OutOfHeapException.class, () -> {
                for (int i = 0; true; i++) {
                    m.push(t.newPair(m, i, 0));
                    m.safepoint();
                }
            });
            assertTrue(e.getMessage().startsWith("out of heap"), e.getMessage());
            for (int i = 0; i < m.rootDepth(); i++) {
                assertEquals(i, m.getLong(m.root(i), t.value));
            }
            assertTrue(m.rootDepth() > 1000 * 64);
            m.truncateRoots(1000);
            m.commit();
            m.atomicallyDo(x -> {
                for (int i = 0; i < 1000; i++) {
                    assertEquals(i, x.getLong(x.root(i), t.value));
                }
            });
        }
    }

    @ParameterizedTest
    @EnumSource(value = HeapMode.class, names = "SERIAL", mode = EnumSource.Mode.EXCLUDE)
    void shouldGiveAllRoomBackWhenInevitableTransactionCannotCommit(final HeapMode mode) {
        try (TestHeap t = new TestHeap(mode.context().heapBytes(4 << 20).nurseryBytes(1 << 20))) {
            t.mutator.atomicallyDo(x -> t.pushList(x, 500));
            final long before = t.usedBytes();
            assertThrows(OutOfHeapException.class, () -> t.mutator.atomicallyDo(x -> {
                x.becomeInevitable("test");
                for (int i = 0; true; i++) {
                    x.push(t.newPair(x, i, 0));
                    x.safepoint();
                }
            }));
            checkUsable(t, before);
        }
    }

    @ParameterizedTest
    @EnumSource(HeapMode.class)
    void shouldTakeCollectionBackWhenItFailsHalfWay(final HeapMode mode) {
        try (TestHeap t = new TestHeap(mode.context().heapBytes(8 << 20).nurseryBytes(4 << 20))) {
            final Mutator m = t.mutator;
            m.atomicallyDo(x -> {
                x.push(x.allocate(t.array, 1000));
                x.push(x.allocate(t.blob, 5 << 20));
                x.collectNursery();
            });
            m.beginInevitable("test");
            final long pair = t.newPair(m, 1, 0);
            final long large = m.allocate(t.array, 10_000);
            m.putRefAt(large, 9_999, pair);
            m.putRefAt(m.root(0), 500, large);
            m.push(pair);
            m.push(large);
            t.pushList(m, 100_000);
            final long list = m.root(4);
            final long before = t.usedBytes();
            for (int i = 0; i < 3; i++) {
                assertThrows(OutOfHeapException.class, m::collectNursery);
                assertEquals(before, t.usedBytes());
                assertTrue(m.inspect().isYoung(large));
                assertEquals(large, m.getRefAt(m.root(0), 500));
                assertEquals(pair, m.getRefAt(large, 9_999));
                assertEquals(pair, m.root(2));
                assertEquals(list, m.root(4));
                assertEquals(100_000, t.checkedLength(m, list));
            }
            m.setRoot(4, 0);
            m.collectNursery();
            assertFalse(m.inspect().isYoung(m.root(2)));
            assertEquals(m.root(2), m.getRefAt(m.getRefAt(m.root(0), 500), 9_999));
            assertEquals(1, m.getLong(m.root(2), t.value));
            m.commit();
        }
    }

    @ParameterizedTest
    @EnumSource(value = HeapMode.class, names = "SERIAL", mode = EnumSource.Mode.EXCLUDE)
    void shouldRestoreOldObjectsWhenTheirYoungRefsWereMoved(final HeapMode mode) {
        try (TestHeap t = new TestHeap(mode)) {
            final Mutator m = t.mutator;
            m.atomicallyDo(x -> {
                x.push(x.allocate(t.array, 1000));
                x.push(t.newPair(x, 1, 0));
            });
            m.begin();
            m.putRefAt(m.root(0), 700, t.newPair(m, 5, 0));
            m.putRef(m.root(1), t.next, t.newPair(m, 6, 0));
            m.collectNursery();
            m.putRefAt(m.root(0), 700, t.newPair(m, 7, 0));
            m.setRoot(0, t.newPair(m, 8, 0));
            m.collectNursery();
            m.abort();
            m.atomicallyDo(x -> {
                assertEquals(0, x.getRefAt(x.root(0), 700));
                assertEquals(0, x.getRef(x.root(1), t.next));
                assertEquals(1, x.getLong(x.root(1), t.value));
            });
        }
    }
}

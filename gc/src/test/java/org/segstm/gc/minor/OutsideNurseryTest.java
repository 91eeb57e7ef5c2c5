package org.segstm.gc.minor;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.segstm.gc.HeapMode;
import org.segstm.gc.TestHeap;
import org.segstm.heap.Mutator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Young objects that are not in the nursery: large ones, and all when it is full and no safepoint comes. */
@Timeout(60)
class OutsideNurseryTest {
    private static final int LARGE_LENGTH = 100_000;

    @ParameterizedTest
    @EnumSource(HeapMode.class)
    void shouldStayInPlaceWhenLargeYoungObjectIsReached(final HeapMode mode) {
        try (TestHeap t = new TestHeap(mode)) {
            final Mutator m = t.mutator;
            m.begin();
            final long large = m.allocate(t.array, LARGE_LENGTH);
            assertTrue(m.inspect().isYoung(large));
            m.putRefAt(large, LARGE_LENGTH - 1, t.newPair(m, 5, 0));
            m.putRef(large, t.owner, large);
            m.push(large);
            m.collectNursery();
            assertEquals(large, m.root(0));
            assertFalse(m.inspect().isYoung(large));
            assertEquals(!mode.isSerial(), m.inspect().isOverflow(large));
            m.putRefAt(large, 0, t.newPair(m, 6, 0));
            m.commit();
            t.other.atomicallyDo(x -> {
                assertEquals(5, x.getLong(x.getRefAt(large, LARGE_LENGTH - 1), t.value));
                assertEquals(6, x.getLong(x.getRefAt(large, 0), t.value));
                assertEquals(large, x.getRef(large, t.owner));
                assertEquals(0, x.getRefAt(large, 1));
            });
        }
    }

    @ParameterizedTest
    @EnumSource(HeapMode.class)
    void shouldBeReachedThroughNurseryObjectWhenNoRootHoldsIt(final HeapMode mode) {
        try (TestHeap t = new TestHeap(mode)) {
            final Mutator m = t.mutator;
            m.begin();
            final long large = m.allocate(t.blob, 1_000_000);
            m.putByteAt(large, 999_999, (byte) 9);
            m.push(t.newPair(m, 1, t.newPair(m, 2, large)));
            m.collectNursery();
            final long kept = m.getRef(m.getRef(m.root(0), t.next), t.next);
            assertEquals(large, kept);
            assertEquals(9, m.getByteAt(kept, 999_999));
            m.commit();
        }
    }

    @ParameterizedTest
    @EnumSource(HeapMode.class)
    void shouldBeFreedWhenLargeYoungObjectIsNotReached(final HeapMode mode) {
        try (TestHeap t = new TestHeap(mode)) {
            final Mutator m = t.mutator;
            final long before = t.usedBytes();
            m.begin();
            for (int i = 0; i < 20; i++) {
                final long large = m.allocate(t.array, LARGE_LENGTH);
                m.putRefAt(large, i, large);
                assertTrue(t.usedBytes() >= before + 8 * LARGE_LENGTH);
                m.collectNursery();
                assertEquals(before, t.usedBytes());
            }
            m.commit();
        }
    }

    @ParameterizedTest
    @EnumSource(HeapMode.class)
    void shouldBeZeroFilledWhenMemoryWasUsedBefore(final HeapMode mode) {
        try (TestHeap t = new TestHeap(mode)) {
            final Mutator m = t.mutator;
            for (int round = 0; round < 6; round++) {
                m.begin();
                final long large = m.allocate(t.blob, 50_000 + 10_000 * round);
                for (int i = 0; i < m.length(large); i += 8) {
                    assertEquals(0, m.getLongAt(large, i), "index=" + i);
                    m.putLongAt(large, i, -1);
                }
                m.collectNursery();
                m.commit();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(HeapMode.class)
    void shouldGoOnWithoutMovingWhenNurseryIsFullAndNoSafepointComes(final HeapMode mode) {
        try (TestHeap t = new TestHeap(mode.context().nurseryBytes(64 << 10))) {
            final Mutator m = t.mutator;
            m.begin();
            final long first = t.newPair(m, 0, 0);
            long list = first;
            for (int i = 1; i < 20_000; i++) {
                list = t.newPair(m, i, list);
            }
            assertEquals(0, m.getLong(first, t.value), "refs in locals stay valid");
            m.push(list);
            assertEquals(20_000, t.checkedLength(m, list));
            m.safepoint();
            assertFalse(m.inspect().isYoung(m.root(0)), "the next safepoint collects");
            assertEquals(20_000, t.checkedLength(m, m.root(0)));
            m.commit();
            final long committed = m.root(0);
            t.other.atomicallyDo(x -> assertEquals(20_000, t.checkedLength(x, committed)));
        }
    }

    /** Whether or not an object ends just where the nursery is zeroed up to when a safepoint comes. */
    @ParameterizedTest
    @EnumSource(HeapMode.class)
    void shouldCollectBeforeTheNurseryIsFullWhateverTheSizesWhenSafepointsCome(final HeapMode mode) {
        for (int granules = 1; granules < 12; granules++) {
            for (int phase = 0; phase < granules; phase++) {
                try (TestHeap t = new TestHeap(mode)) {
                    final Mutator m = t.mutator;
                    m.begin();
                    for (int i = 0; i < phase; i++) {
                        m.allocate(t.array, 0);
                    }
                    for (int i = 0; i < (400 << 10) / (granules << 4); i++) {
                        m.allocate(t.array, 2 * granules - 2);
                        m.safepoint();
                    }
                    assertEquals(0, t.usedBytes(), "granules=" + granules + " phase=" + phase);
                    m.commit();
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(HeapMode.class)
    void shouldFreeUnreachedOnesOnlyWhenSmallObjectsLieOutside(final HeapMode mode) {
        try (TestHeap t = new TestHeap(mode.context().nurseryBytes(64 << 10))) {
            final Mutator m = t.mutator;
            m.begin();
            long kept = 0;
            for (int i = 0; i < 30_000; i++) {
                final long pair = t.newPair(m, i / 3, 0);
                if (i % 3 == 0) {
                    m.putRef(pair, t.next, kept);
                    kept = pair;
                }
            }
            m.push(kept);
            m.commit();
            m.begin();
            assertEquals(10_000, t.checkedLength(m, m.root(0)));
            t.pushList(m, 15_000);
            m.commit();
            m.begin();
            assertEquals(10_000, t.checkedLength(m, m.root(0)));
            assertEquals(15_000, t.checkedLength(m, m.root(1)));
            m.commit();
        }
    }
}

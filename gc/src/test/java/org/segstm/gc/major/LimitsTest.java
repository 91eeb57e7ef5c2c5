package org.segstm.gc.major;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.segstm.gc.HeapMode;
import org.segstm.gc.TestHeap;
import org.segstm.heap.CollectionEvent;
import org.segstm.heap.HeapContext;
import org.segstm.heap.OutOfHeapException;

import java.util.ArrayList;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Running out of heap: garbage goes first, then the transaction that asked for too much, and nothing else. */
@Timeout(60)
class LimitsTest {
    private static final int HEAP = 8 << 20;

    private static HeapContext context(final HeapMode mode) {
        return mode.context().heapBytes(HEAP).minimumMajorBytes(HEAP).softHeapBytes(HEAP);
    }

    @ParameterizedTest
    @EnumSource(value = HeapMode.class, names = "SERIAL", mode = EnumSource.Mode.EXCLUDE)
    void shouldMakeRoomAndTryAgainWhenGarbageFillsTheHeap(final HeapMode mode) {
        try (TestHeap t = new TestHeap(context(mode))) {
            final List<CollectionEvent> majors = new ArrayList<>();
            t.heap.addCollectionListener(e -> {
                if (e.kind() == CollectionEvent.Kind.MAJOR) {
                    majors.add(e);
                }
            });
            for (int i = 0; i < 30; i++) {
                t.mutator.atomicallyDo(m -> t.pushList(m, 40_000));
                t.mutator.atomicallyDo(m -> assertEquals(40_000, t.checkedLength(m, m.root(0))));
                t.mutator.pop();
            }
            assertTrue(majors.size() >= 3, "majors=" + majors.size());
            assertEquals(CollectionEvent.Cause.EXHAUSTION, majors.get(0).cause());
        }
    }

    @ParameterizedTest
    @EnumSource(HeapMode.class)
    void shouldMakeRoomWithoutRollingBackWhenTransactionMustGoOn(final HeapMode mode) {
        try (TestHeap t = new TestHeap(context(mode))) {
            ReachabilityTest.promote(t, m -> t.pushList(m, 100_000));
            ReachabilityTest.promote(t, m -> t.pushList(m, 100_000));
            t.mutator.pop();
            t.mutator.beginInevitable("test");
            for (int i = 0; i < 20; i++) {
                t.pushList(t.mutator, 4000);
                t.mutator.collectNursery();
                assertEquals(4000, t.checkedLength(t.mutator, t.mutator.root(1 + i)));
            }
            t.mutator.commit();
            assertEquals(0, t.mutator.statistics().aborted());
            t.mutator.begin();
            assertEquals(100_000, t.checkedLength(t.mutator, t.mutator.root(0)));
            for (int i = 0; i < 20; i++) {
                assertEquals(4000, t.checkedLength(t.mutator, t.mutator.root(1 + i)));
            }
            t.mutator.commit();
        }
    }

    @ParameterizedTest
    @EnumSource(value = HeapMode.class, names = "SERIAL", mode = EnumSource.Mode.EXCLUDE)
    void shouldMakeRoomWhenInevitableTransactionCommits(final HeapMode mode) {
        try (TestHeap t = new TestHeap(context(mode).nurseryBytes(4 << 20))) {
            ReachabilityTest.promote(t, m -> t.pushList(m, 80_000));
            ReachabilityTest.promote(t, m -> t.pushList(m, 80_000));
            t.mutator.pop();
            t.mutator.beginInevitable("test");
            t.pushList(t.mutator, 100_000);
            t.mutator.commit();
            t.mutator.begin();
            assertEquals(80_000, t.checkedLength(t.mutator, t.mutator.root(0)));
            assertEquals(100_000, t.checkedLength(t.mutator, t.mutator.root(1)));
            t.mutator.commit();
        }
    }

    @ParameterizedTest
    @EnumSource(value = HeapMode.class, names = "SERIAL", mode = EnumSource.Mode.EXCLUDE)
    void shouldTellTheFiguresWhenTooMuchIsAliveAndGoOnWhenItDies(final HeapMode mode) {
        try (TestHeap t = new TestHeap(context(mode).softHeapBytes(7 << 20))) {
            t.mutator.atomicallyDo(m -> t.pushList(m, 150_000));
            final OutOfHeapException e = assertThrows(OutOfHeapException.class,
                () -> t.other.atomicallyDo(m -> t.pushList(m, 150_000)));
            assertEquals(HEAP, e.heapBytes());
            assertEquals(7 << 20, e.softHeapBytes());
            assertTrue(e.liveBytes() >= 150_000 * 32 && e.liveBytes() < HEAP, "live=" + e.liveBytes());
            assertTrue(e.usedBytes() > e.liveBytes() && e.usedBytes() <= HEAP, "used=" + e.usedBytes());
            assertEquals(32, e.requestedBytes());
            assertTrue(e.getMessage().startsWith("out of heap (raise segstm.heap or keep fewer objects alive): "
                + "requested=32 used="), e.getMessage());
            assertTrue(e.getMessage().contains(" soft=7m heap=8m "), e.getMessage());
            t.mutator.begin();
            assertEquals(150_000, t.checkedLength(t.mutator, t.mutator.root(0)));
            t.mutator.commit();
            t.mutator.pop();
            t.other.atomicallyDo(m -> t.pushList(m, 150_000));
            t.other.begin();
            assertEquals(150_000, t.checkedLength(t.other, t.other.root(0)));
            t.other.commit();
        }
    }

    @ParameterizedTest
    @EnumSource(HeapMode.class)
    void shouldUseFreeSlotsOfOtherSegmentsWhenThoseAreIdle(final HeapMode mode) {
        try (TestHeap t = new TestHeap(context(mode))) {
            ReachabilityTest.promote(t, m -> {
                m.push(m.allocate(t.array, 75_000));
                for (int i = 0; i < 150_000; i++) {
                    final long pair = t.newPair(m, i, 0);
                    if (i % 2 == 0) {
                        m.putRefAt(m.root(0), i / 2, pair);
                    } else {
                        m.push(pair);
                    }
                    m.safepoint();
                }
            });
            t.mutator.truncateRoots(1);
            t.heap.collectMajor();
            t.other.begin();
            t.pushList(t.other, 60_000);
            t.other.collectNursery();
            t.other.commit();
            t.mutator.begin();
            for (int i = 0; i < 75_000; i++) {
                assertEquals(2L * i, t.mutator.getLong(t.mutator.getRefAt(t.mutator.root(0), i), t.value));
            }
            assertEquals(60_000, t.checkedLength(t.mutator, t.other.root(0)));
            t.mutator.commit();
        }
    }

    @ParameterizedTest
    @EnumSource(HeapMode.class)
    void shouldWorkWhenHeapIsConfiguredWithTensOfGibibytes(final HeapMode mode) {
        try (TestHeap t = new TestHeap(mode.context().heapBytes(40L << 30))) {
            ReachabilityTest.promote(t, m -> t.pushList(m, 20_000));
            ReachabilityTest.promote(t, m -> t.pushList(m, 20_000));
            t.mutator.pop();
            t.heap.collectMajor();
            t.mutator.begin();
            assertEquals(20_000, t.checkedLength(t.mutator, t.mutator.root(0)));
            t.mutator.commit();
            assertTrue(t.heap.statistics().fileBytes() < 4 << 20);
        }
    }
}

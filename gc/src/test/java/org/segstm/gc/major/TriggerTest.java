package org.segstm.gc.major;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.segstm.gc.HeapMode;
import org.segstm.gc.TestHeap;
import org.segstm.gc.protocol.EachSharing;
import org.segstm.heap.CollectionEvent;
import org.segstm.heap.CollectionEvent.Cause;
import org.segstm.heap.CollectionEvent.Kind;
import org.segstm.heap.HeapContext;
import org.segstm.heap.Mutator;
import org.segstm.heap.PageSharing;

import java.util.ArrayList;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** When collections start by themselves. */
@Timeout(120)
class TriggerTest {
    private static final int ROUND = 5000;

    private static List<CollectionEvent> events(final TestHeap t, final Kind kind) {
        final List<CollectionEvent> events = new ArrayList<>();
        t.heap.addCollectionListener(event -> {
            if (event.kind() == kind) {
                events.add(event);
            }
        });
        return events;
    }

    /** Allocates so many bytes in lists that die at once. */
    private static void waste(final TestHeap t, final long bytes) {
        for (long allocated = 0; allocated < bytes; allocated += ROUND * 32L) {
            ReachabilityTest.promote(t, m -> t.pushList(m, ROUND));
            t.mutator.pop();
        }
    }

    @ParameterizedTest
    @EnumSource(HeapMode.class)
    void shouldCollectAtCommitWhenUseHasGrown(final HeapMode mode) {
        try (TestHeap t = new TestHeap(mode.context().minimumMajorBytes(4 << 20))) {
            final List<CollectionEvent> majors = events(t, Kind.MAJOR);
            waste(t, 3 << 20);
            assertEquals(0, majors.size());
            waste(t, 40 << 20);
            assertTrue(majors.size() >= 8, "majors=" + majors.size());
            assertEquals(Cause.GROWTH, majors.get(0).cause());
            assertEquals("first", majors.get(0).mutator());
            assertTrue(t.usedBytes() <= 5 << 20, "used=" + t.usedBytes());
        }
    }

    @ParameterizedTest
    @EnumSource(HeapMode.class)
    void shouldWaitForTheFactorWhenMuchIsAlive(final HeapMode mode) {
        try (TestHeap t = new TestHeap(mode.context().minimumMajorBytes(1 << 20).growth(2))) {
            ReachabilityTest.promote(t, m -> t.pushList(m, 200_000));
            waste(t, 20 << 20);
            t.heap.collectMajor();
            final List<CollectionEvent> majors = events(t, Kind.MAJOR);
            waste(t, 5 << 20);
            assertEquals(0, majors.size());
            waste(t, 3 << 20);
            assertEquals(1, majors.size());
        }
    }

    @ParameterizedTest
    @EnumSource(HeapMode.class)
    void shouldWaitLongerThanTheFactorWhenTheLastCollectionFoundNothingDead(final HeapMode mode) {
        try (TestHeap t = new TestHeap(mode.context().heapBytes(64 << 20).minimumMajorBytes(1 << 20).growth(2))) {
            ReachabilityTest.promote(t, m -> t.pushList(m, 200_000));
            t.heap.collectMajor();
            final List<CollectionEvent> majors = events(t, Kind.MAJOR);
            waste(t, 12 << 20);
            assertEquals(0, majors.size());
            waste(t, 12 << 20);
            assertEquals(1, majors.size());
            waste(t, 4 << 20);
            assertEquals(2, majors.size());
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SERIAL")
    void shouldNotCollectForWhatOneTransactionHasMade(final HeapMode mode) {
        try (TestHeap t = new TestHeap(mode.context().minimumMajorBytes(1 << 20))) {
            final List<CollectionEvent> majors = events(t, Kind.MAJOR);
            t.mutator.begin();
            pushLists(t, 10);
            assertTrue(t.usedBytes() >= 10 << 20, "used=" + t.usedBytes());
            t.mutator.commit();
            waste(t, 4 << 20);
            assertEquals(0, majors.size());
            waste(t, 8 << 20);
            assertEquals(1, majors.size());
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SERIAL")
    void shouldForgetWhatATransactionHadMadeWhenItIsRolledBack(final HeapMode mode) {
        try (TestHeap t = new TestHeap(mode.context().minimumMajorBytes(2 << 20))) {
            final List<CollectionEvent> majors = events(t, Kind.MAJOR);
            for (int i = 0; i < 5; i++) {
                t.mutator.begin();
                pushLists(t, 10);
                t.mutator.abort();
            }
            assertEquals(0, majors.size());
            waste(t, 3 << 20);
            assertEquals(1, majors.size());
        }
    }

    @ParameterizedTest
    @EnumSource(HeapMode.class)
    void shouldCollectInsideATransactionWhenItPassesTheSoftLimit(final HeapMode mode) {
        try (TestHeap t = new TestHeap(mode.context().softHeapBytes(6 << 20))) {
            final List<CollectionEvent> majors = events(t, Kind.MAJOR);
            t.mutator.begin();
            pushLists(t, 8);
            assertFalse(majors.isEmpty());
            assertEquals(Cause.SOFT_LIMIT, majors.get(0).cause());
            t.mutator.commit();
        }
    }

    /** Lists of a MiB each, promoted by the running transaction. */
    private static void pushLists(final TestHeap t, final int lists) {
        for (int i = 0; i < lists; i++) {
            t.pushList(t.mutator, 1 << 15);
            t.mutator.collectNursery();
            t.mutator.safepoint();
        }
    }

    @ParameterizedTest
    @EnumSource(HeapMode.class)
    void shouldCollectWhenSoftLimitIsPassed(final HeapMode mode) {
        try (TestHeap t = new TestHeap(mode.context().softHeapBytes(8 << 20))) {
            final List<CollectionEvent> majors = events(t, Kind.MAJOR);
            waste(t, 50 << 20);
            assertTrue(majors.size() >= 4, "majors=" + majors.size());
            assertEquals(Cause.SOFT_LIMIT, majors.get(0).cause());
        }
    }

    @ParameterizedTest
    @EnumSource(HeapMode.class)
    void shouldCollectAtSafepointWhenOneTransactionMakesMuchGarbage(final HeapMode mode) {
        try (TestHeap t = new TestHeap(mode.context().minimumMajorBytes(2 << 20))) {
            final List<CollectionEvent> majors = events(t, Kind.MAJOR);
            waste(t, 3 << 20);
            t.mutator.begin();
            for (int i = 0; i < 100; i++) {
                t.pushList(t.mutator, 1000);
                t.mutator.collectNursery();
                t.mutator.safepoint();
                assertEquals(1000, t.checkedLength(t.mutator, t.mutator.root(0)));
                t.mutator.pop();
            }
            t.mutator.commit();
            assertFalse(majors.isEmpty());
        }
    }

    @ParameterizedTest
    @EnumSource(HeapMode.class)
    void shouldStayWithinHeapWhenOnlyLargeObjectsAreAllocated(final HeapMode mode) {
        try (TestHeap t = new TestHeap(mode.context().heapBytes(16 << 20))) {
            t.mutator.begin();
            for (int i = 0; i < 300; i++) {
                final long blob = t.mutator.allocate(t.blob, 200_000);
                t.mutator.putByteAt(blob, i, (byte) 1);
                t.mutator.safepoint();
            }
            t.mutator.commit();
            for (int i = 0; i < 100; i++) {
                t.mutator.atomicallyDo(m -> m.push(m.allocate(t.blob, 1_000_000)));
                t.mutator.pop();
            }
            assertTrue(t.usedBytes() <= 16 << 20);
        }
    }

    @EachSharing
    void shouldReshareAtCommitWhenPrivateMemoryReachesItsBudget(final PageSharing sharing) {
        try (TestHeap t = new TestHeap(context(sharing, 1 << 20))) {
            final List<CollectionEvent> reshares = events(t, Kind.RESHARE);
            final int count = 40_000;
            fillArray(t, count);
            for (int i = 0; i < 400; i++) {
                final Mutator m = i % 2 == 0 ? t.mutator : t.other;
                final int start = i * 997;
                m.atomicallyDo(x -> write(t, x, start, 50, 101));
                assertTrue(t.heap.statistics().privateBytes() < 1 << 20,
                    "privateBytes=" + t.heap.statistics().privateBytes());
            }
            assertTrue(reshares.stream().anyMatch(e -> e.cause() == Cause.PRIVATE_BUDGET));
            assertTrue(reshares.size() < 150, "reshares=" + reshares.size());
        }
    }

    @EachSharing
    void shouldNotReshareAgainAndAgainWhenUncommittedWritesExceedTheBudget(final PageSharing sharing) {
        try (TestHeap t = new TestHeap(context(sharing, 1 << 20))) {
            fillArray(t, 40_000);
            t.other.atomicallyDo(m -> m.getLong(m.root(0), t.number));
            final List<CollectionEvent> reshares = events(t, Kind.RESHARE);
            t.mutator.begin();
            for (int i = 0; i < 40_000; i += 100) {
                write(t, t.mutator, i, 1, 1);
                t.mutator.safepoint();
            }
            assertTrue(t.heap.statistics().privateBytes() > 1 << 20);
            t.mutator.park();
            for (int i = 0; i < 100; i++) {
                t.other.atomicallyDo(m -> m.push(t.newPair(m, 1, 0)));
            }
            t.mutator.unpark();
            assertTrue(reshares.size() < 20, "reshares=" + reshares.size());
            t.mutator.commit();
            assertTrue(t.heap.statistics().privateBytes() < 1 << 20);
        }
    }

    @Tag("slow")
    @EachSharing
    void shouldKeepPrivateMemoryBelowBudgetWhenSixHundredTransactionsWriteTenThousandObjects(
        final PageSharing sharing) {
        final long budget = 8 << 20;
        try (TestHeap t = new TestHeap(context(sharing, budget).heapBytes(96 << 20))) {
            final int count = 400_000;
            fillArray(t, count);
            for (int i = 0; i < 600; i++) {
                final Mutator m = i % 3 == 0 ? t.other : t.mutator;
                final int start = i * 7919;
                m.atomicallyDo(x -> write(t, x, start, 10_000, 7));
                assertTrue(t.heap.statistics().privateBytes() < budget);
            }
            t.other.atomicallyDo(m -> {
                long sum = 0;
                for (int i = 0; i < count; i++) {
                    sum += m.getLong(m.getRefAt(m.root(0), i), t.value);
                }
                assertEquals(600L * 10_000, sum);
            });
            assertTrue(t.heap.statistics().reshares() > 2);
        }
    }

    private static HeapContext context(final PageSharing sharing, final long budget) {
        return HeapMode.PRIVATE_COW.context().pageSharing(sharing).privateBudgetBytes(budget);
    }

    /** An array of pairs, root 0 of both mutators. */
    private static void fillArray(final TestHeap t, final int count) {
        ReachabilityTest.promote(t, m -> m.push(m.allocate(t.array, count)));
        for (int i = 0; i < count; i += 2000) {
            final int start = i;
            t.mutator.atomicallyDo(m -> {
                for (int k = start; k < Math.min(count, start + 2000); k++) {
                    m.putRefAt(m.root(0), k, t.newPair(m, 0, 0));
                }
            });
        }
        t.other.push(t.mutator.root(0));
    }

    private static void write(final TestHeap t, final Mutator m, final int start, final int count, final int step) {
        final long length = m.length(m.root(0));
        for (long i = 0; i < count; i++) {
            final long pair = m.getRefAt(m.root(0), (start + i * step) % length);
            m.putLong(pair, t.value, m.getLong(pair, t.value) + 1);
        }
    }
}

package org.segstm.gc.major;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.segstm.gc.HeapMode;
import org.segstm.gc.TestHeap;
import org.segstm.heap.GlobalRoot;
import org.segstm.heap.Mutator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What major collections free, and what they keep. */
@Timeout(60)
class ReachabilityTest {
    private static final int MANY = 20_000;

    @ParameterizedTest
    @EnumSource(HeapMode.class)
    void shouldFreeListWhenItsRootIsDropped(final HeapMode mode) {
        try (TestHeap t = new TestHeap(mode)) {
            promote(t, m -> t.pushList(m, MANY));
            t.mutator.pop();
            t.heap.collectMajor();
            assertEquals(0, t.heap.statistics().liveBytes());
            assertEquals(0, t.usedBytes());
        }
    }

    @ParameterizedTest
    @EnumSource(HeapMode.class)
    void shouldKeepListWhenItIsRooted(final HeapMode mode) {
        try (TestHeap t = new TestHeap(mode)) {
            promote(t, m -> t.pushList(m, MANY));
            final long used = t.usedBytes();
            t.heap.collectMajor();
            t.heap.collectMajor();
            assertEquals(used, t.usedBytes());
            t.mutator.begin();
            assertEquals(MANY, t.checkedLength(t.mutator, t.mutator.root(0)));
            t.mutator.commit();
        }
    }

    @ParameterizedTest
    @EnumSource(HeapMode.class)
    void shouldKeepUsedMemoryFlatWhenListsDieAgainAndAgain(final HeapMode mode) {
        try (TestHeap t = new TestHeap(mode)) {
            long most = 0;
            for (int i = 0; i < 10; i++) {
                promote(t, m -> t.pushList(m, MANY));
                most = Math.max(most, t.usedBytes());
                t.mutator.pop();
                t.heap.collectMajor();
                assertEquals(0, t.usedBytes());
            }
            assertTrue(most < 4L * MANY * 32, "most=" + most);
        }
    }

    @ParameterizedTest
    @EnumSource(HeapMode.class)
    void shouldReuseSlotsWhenEveryOtherObjectDies(final HeapMode mode) {
        try (TestHeap t = new TestHeap(mode)) {
            promote(t, m -> {
                final long keep = m.allocate(t.array, MANY / 2);
                for (int i = 0; i < MANY; i++) {
                    final long ref = t.newPair(m, i, 0);
                    if (i % 2 == 0) {
                        m.putRefAt(keep, i / 2, ref);
                    }
                    m.push(ref);
                }
                m.push(keep);
            });
            final long array = t.mutator.pop();
            t.mutator.truncateRoots(0);
            t.mutator.push(array);
            t.heap.collectMajor();
            final long used = t.usedBytes();
            promote(t, m -> {
                for (int i = 0; i < MANY / 2; i++) {
                    m.push(t.newPair(m, -1, 0));
                }
            });
            assertEquals(used, t.usedBytes());
            t.mutator.begin();
            for (int i = 0; i < MANY / 2; i++) {
                assertEquals(2L * i, t.mutator.getLong(t.mutator.getRefAt(t.mutator.root(0), i), t.value));
            }
            t.mutator.commit();
        }
    }

    @ParameterizedTest
    @EnumSource(HeapMode.class)
    void shouldFreeCycleWhenNothingElseRefersToIt(final HeapMode mode) {
        try (TestHeap t = new TestHeap(mode)) {
            promote(t, m -> {
                final long first = t.newPair(m, 1, 0);
                final long second = t.newPair(m, 2, first);
                m.putRef(first, t.next, second);
                m.push(first);
            });
            t.heap.collectMajor();
            assertTrue(t.usedBytes() > 0);
            t.mutator.pop();
            t.heap.collectMajor();
            assertEquals(0, t.usedBytes());
        }
    }

    @ParameterizedTest
    @EnumSource(HeapMode.class)
    void shouldKeepObjectWhenOnlyAnotherMutatorsRootOrGlobalRootHoldsIt(final HeapMode mode) {
        try (TestHeap t = new TestHeap(mode)) {
            final GlobalRoot global = t.heap.newGlobalRoot("global");
            promote(t, m -> {
                m.push(t.newPair(m, 1, 0));
                m.push(t.newPair(m, 2, 0));
            });
            global.set(t.mutator.root(0));
            t.other.push(t.mutator.root(1));
            t.mutator.truncateRoots(0);
            t.heap.collectMajor();
            t.mutator.begin();
            assertEquals(1, t.mutator.getLong(global.get(), t.value));
            assertEquals(2, t.mutator.getLong(t.other.root(0), t.value));
            t.mutator.commit();
        }
    }

    @ParameterizedTest
    @EnumSource(HeapMode.class)
    void shouldKeepObjectWhenRegisteredSourceShowsIt(final HeapMode mode) {
        try (TestHeap t = new TestHeap(mode)) {
            promote(t, m -> m.push(t.newPair(m, 7, 0)));
            final long ref = t.mutator.pop();
            t.heap.addRootSource(visitor -> visitor.visit(ref));
            t.heap.collectMajor();
            t.mutator.begin();
            assertEquals(7, t.mutator.getLong(ref, t.value));
            t.mutator.commit();
        }
    }

    @ParameterizedTest
    @EnumSource(HeapMode.class)
    void shouldNotRecurseWhenListHasAMillionNodes(final HeapMode mode) {
        try (TestHeap t = new TestHeap(mode.context().heapBytes(128 << 20))) {
            final int count = 1_000_000;
            promote(t, m -> m.push(0));
            for (int i = 0; i < count; i += MANY) {
                final int start = i;
                promote(t, m -> {
                    long list = m.pop();
                    for (int k = start; k < start + MANY; k++) {
                        list = t.newPair(m, k, list);
                    }
                    m.push(list);
                });
            }
            t.heap.collectMajor();
            t.mutator.begin();
            assertEquals(count, t.checkedLength(t.mutator, t.mutator.root(0)));
            t.mutator.commit();
            assertTrue(t.heap.statistics().liveBytes() >= count * 32L);
        }
    }

    @ParameterizedTest
    @EnumSource(HeapMode.class)
    void shouldMarkAllWhenOneArrayFansOut(final HeapMode mode) {
        try (TestHeap t = new TestHeap(mode)) {
            final int count = 150_000;
            promote(t, m -> m.push(m.allocate(t.array, count)));
            for (int i = 0; i < count; i += MANY / 2) {
                final int start = i;
                promote(t, m -> {
                    for (int k = start; k < start + MANY / 2; k++) {
                        m.putRefAt(m.root(0), k, t.newPair(m, k, m.root(0)));
                    }
                });
            }
            t.heap.collectMajor();
            t.mutator.begin();
            for (int i = 0; i < count; i++) {
                assertEquals(i, t.mutator.getLong(t.mutator.getRefAt(t.mutator.root(0), i), t.value));
            }
            t.mutator.commit();
        }
    }

    /** Runs a transaction whose survivors are in the old space afterwards, in no-STM mode too. */
    static void promote(final TestHeap t, final java.util.function.Consumer<Mutator> body) {
        t.mutator.begin();
        body.accept(t.mutator);
        t.mutator.collectNursery();
        t.mutator.commit();
    }
}

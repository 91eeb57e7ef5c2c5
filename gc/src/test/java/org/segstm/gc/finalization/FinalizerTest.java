package org.segstm.gc.finalization;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.segstm.gc.HeapMode;
import org.segstm.gc.TestHeap;
import org.segstm.gc.verify.HeapVerifier;
import org.segstm.heap.GlobalRoot;
import org.segstm.heap.HeapContext;
import org.segstm.heap.Mutator;
import org.segstm.heap.finalization.FinalizerQueue;
import org.segstm.heap.layout.Field;
import org.segstm.heap.layout.FieldType;
import org.segstm.heap.layout.ObjectLayout;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

/** When finalizers run, in which order, and what they see. */
@Timeout(60)
class FinalizerTest {
    @ParameterizedTest
    @EnumSource(HeapMode.class)
    void shouldRunOnceWhenOldObjectDies(final HeapMode mode) {
        try (Things h = new Things(mode)) {
            h.m.begin();
            h.m.push(h.make(1, 0));
            h.makeOld();
            h.collect();
            assertEquals(List.of(), h.finalized);
            h.m.truncateRoots(0);
            h.collect();
            assertEquals(List.of(1L), h.finalized);
            h.collect();
            assertEquals(List.of(1L), h.finalized);
            assertEquals(0, h.t.heap.statistics().liveBytes());
        }
    }

    @ParameterizedTest
    @EnumSource(HeapMode.class)
    void shouldVanishWhenRegisteringTransactionAborts(final HeapMode mode) {
        assumeFalse(mode.isSerial());
        try (Things h = new Things(mode)) {
            h.m.begin();
            h.m.push(h.t.newPair(h.m, 1, 0));
            h.makeOld();
            h.m.begin();
            h.register(h.m.root(0));
            h.make(2, 0);
            h.m.collectNursery();
            h.m.abort();
            h.m.truncateRoots(0);
            h.collect();
            assertEquals(List.of(), h.finalized);
            assertEquals(0, h.t.heap.statistics().liveBytes());
        }
    }

    @ParameterizedTest
    @EnumSource(HeapMode.class)
    void shouldRunWhenRegisteredForOldObjectInOtherwiseEmptyTransaction(final HeapMode mode) {
        try (Things h = new Things(mode)) {
            h.m.begin();
            h.m.push(h.t.newPair(h.m, 1, 0));
            h.makeOld();
            h.m.atomicallyDo(m -> h.register(m.root(0)));
            if (mode.isSerial()) {
                h.m.atomicallyDo(Mutator::collectNursery);
            }
            h.m.truncateRoots(0);
            h.collect();
            assertEquals(List.of(1L), h.finalized);
        }
    }

    @ParameterizedTest
    @EnumSource(HeapMode.class)
    void shouldRunOutermostFirstWhenObjectsFormAList(final HeapMode mode) {
        try (Things h = new Things(mode)) {
            h.m.begin();
            final long inner = h.make(1, 0);
            final long between = h.t.newPair(h.m, 100, inner);
            final long middle = h.make(2, between);
            h.m.push(h.make(3, middle));
            h.makeOld();
            h.m.truncateRoots(0);
            h.collect();
            assertEquals(List.of(3L), h.finalized);
            h.collect();
            assertEquals(List.of(3L, 2L), h.finalized);
            h.collect();
            assertEquals(List.of(3L, 2L, 1L), h.finalized);
        }
    }

    @ParameterizedTest
    @EnumSource(HeapMode.class)
    void shouldStartWithFirstRegisteredWhenObjectsFormACycle(final HeapMode mode) {
        try (Things h = new Things(mode)) {
            h.m.begin();
            final long first = h.make(1, 0);
            final long second = h.make(2, h.t.newPair(h.m, 100, first));
            h.m.putRef(first, h.t.next, second);
            final long self = h.make(3, 0);
            h.m.putRef(self, h.t.next, self);
            h.m.push(first);
            h.m.push(self);
            h.makeOld();
            h.m.truncateRoots(0);
            h.collect();
            assertEquals(List.of(1L, 3L), h.finalized);
            h.collect();
            assertEquals(List.of(1L, 3L, 2L), h.finalized);
        }
    }

    @ParameterizedTest
    @EnumSource(HeapMode.class)
    void shouldWaitWhenLaterRegisteredObjectRefersIntoTheCycleBehindIt(final HeapMode mode) {
        try (Things h = new Things(mode)) {
            h.m.begin();
            final long inCycle = h.make(1, 0);
            final long other = h.t.newPair(h.m, 100, inCycle);
            h.m.putRef(inCycle, h.t.next, other);
            h.m.push(h.make(2, other));
            h.makeOld();
            h.m.truncateRoots(0);
            h.collect();
            assertEquals(List.of(2L), h.finalized);
            h.collect();
            assertEquals(List.of(2L, 1L), h.finalized);
        }
    }

    @ParameterizedTest
    @EnumSource(HeapMode.class)
    void shouldLiveOnWhenFinalizerMakesItReachable(final HeapMode mode) {
        try (Things h = new Things(mode)) {
            final GlobalRoot saved = h.t.heap.newGlobalRoot("saved");
            h.m.begin();
            final long ref = h.t.newPair(h.m, 7, h.t.newPair(h.m, 8, 0));
            h.m.registerFinalizer(ref, (m, dead) -> {
                m.putLong(dead, h.t.value, 9);
                m.onCommit(() -> saved.set(dead));
            });
            h.m.push(ref);
            h.makeOld();
            h.m.truncateRoots(0);
            h.collect();
            h.collect();
            h.t.other.atomicallyDo(x -> {
                assertEquals(9, x.getLong(saved.get(), h.t.value));
                assertEquals(8, x.getLong(x.getRef(saved.get(), h.t.next), h.t.value));
            });
            saved.set(0);
            h.collect();
            assertEquals(0, h.t.heap.statistics().liveBytes());
        }
    }

    @ParameterizedTest
    @EnumSource(HeapMode.class)
    void shouldRunRightAfterCommitWhenObjectsDieYoung(final HeapMode mode) {
        assumeFalse(mode.isSerial());
        try (Things h = new Things(mode)) {
            h.m.begin();
            final long inner = h.make(1, 0);
            h.make(2, h.t.newPair(h.m, 100, inner));
            h.m.push(h.make(3, 0));
            final long largeInner = h.m.allocate(h.t.array, 100_000);
            h.m.putLong(largeInner, h.t.number, 5);
            h.m.registerFinalizer(largeInner, (m, ref) -> h.finalized.add(m.getLong(ref, h.t.number)));
            h.make(4, largeInner);
            h.m.collectNursery();
            h.make(6, 0);
            assertEquals(List.of(), h.finalized);
            h.m.commit();
            assertEquals(List.of(2L, 4L, 6L), h.finalized);
            h.collect();
            assertEquals(List.of(2L, 4L, 6L, 1L, 5L), h.finalized);
            HeapVerifier.verify(h.t.heap);
            h.m.truncateRoots(0);
            h.collect();
            assertEquals(6, h.finalized.size());
        }
    }

    @ParameterizedTest
    @EnumSource(HeapMode.class)
    void shouldKeepObjectWhenMajorCollectionRunsInRegisteringTransaction(final HeapMode mode) {
        try (Things h = new Things(mode)) {
            h.m.begin();
            h.m.push(h.t.newPair(h.m, 1, 0));
            h.makeOld();
            h.m.begin();
            h.register(h.m.root(0));
            h.make(2, 0);
            h.m.truncateRoots(0);
            h.m.park();
            h.t.heap.collectMajor();
            h.m.unpark();
            h.m.collectNursery();
            h.m.park();
            h.t.heap.collectMajor();
            HeapVerifier.verify(h.t.heap);
            h.m.unpark();
            h.m.commit();
            h.collect();
            assertEquals(Set.of(1L, 2L), new HashSet<>(h.finalized));
        }
    }

    @ParameterizedTest
    @EnumSource(HeapMode.class)
    void shouldFindWeakRefsClearedWhenItRuns(final HeapMode mode) {
        try (Things h = new Things(mode)) {
            final List<Long> seen = new ArrayList<>();
            h.m.begin();
            final long ref = h.t.newPair(h.m, 7, 0);
            final long holder = h.m.allocate(h.weakBox);
            h.m.putRef(holder, h.weak, ref);
            h.m.push(holder);
            h.m.push(ref);
            h.m.registerFinalizer(ref, (m, dead) -> seen.add(m.getRef(m.root(0), h.weak)));
            h.makeOld();
            h.m.truncateRoots(1);
            h.collect();
            assertEquals(List.of(0L), seen);
        }
    }

    /** Its other referrers let it go when the object in the queue was a root already. */
    @ParameterizedTest
    @EnumSource(HeapMode.class)
    void shouldKeepWeakRefsToWhatTheQueueKeepsUntilItIsTaken(final HeapMode mode) {
        try (Things h = new Things(mode)) {
            final FinalizerQueue queue = h.t.heap.newFinalizerQueue(() -> { });
            h.m.begin();
            final long target = h.t.newPair(h.m, 9, 0);
            final long holder = h.m.allocate(h.weakBox);
            h.m.putRef(holder, h.weak, target);
            final long lonely = h.m.allocate(h.weakBox);
            h.m.putRef(lonely, h.strong, target);
            h.m.registerFinalizer(lonely, queue);
            h.m.push(holder);
            h.m.push(target);
            h.m.push(lonely);
            h.makeOld();
            h.m.truncateRoots(2);
            h.collect();
            assertEquals(1, queue.size());
            h.m.truncateRoots(1);
            h.collect();
            h.m.atomicallyDo(m -> assertEquals(9, m.getLong(m.getRef(m.root(0), h.weak), h.t.value)));
            h.m.atomicallyDo(m -> assertEquals(9, m.getLong(m.getRef(queue.next(m), h.strong), h.t.value)));
            h.collect();
            h.m.atomicallyDo(m -> assertEquals(0, m.getRef(m.root(0), h.weak)));
        }
    }

    @ParameterizedTest
    @EnumSource(HeapMode.class)
    void shouldDecideWeakRefsOfKeptObjectsByWhatIsKept(final HeapMode mode) {
        try (Things h = new Things(mode)) {
            final List<Long> seen = new ArrayList<>();
            h.m.begin();
            final long holder = h.m.allocate(h.weakBox);
            h.m.putRef(holder, h.weak, h.t.newPair(h.m, 5, 0));
            h.m.putRef(holder, h.strong, h.m.getRef(holder, h.weak));
            final long lonely = h.m.allocate(h.weakBox);
            h.m.putRef(lonely, h.weak, h.t.newPair(h.m, 6, 0));
            h.m.push(h.m.getRef(lonely, h.weak));
            h.m.putRef(lonely, h.strong, holder);
            h.m.registerFinalizer(lonely, (m, dead) -> {
                seen.add(m.getRef(dead, h.weak));
                seen.add(m.getLong(m.getRef(m.getRef(dead, h.strong), h.weak), h.t.value));
            });
            h.m.push(lonely);
            h.makeOld();
            h.m.truncateRoots(0);
            h.collect();
            assertEquals(List.of(0L, 5L), seen);
        }
    }

    @ParameterizedTest
    @EnumSource(HeapMode.class)
    void shouldRunBeforeDestructorWhenObjectHasBoth(final HeapMode mode) {
        try (Things h = new Things(mode)) {
            h.m.begin();
            final long ref = h.m.allocate(h.withDestructor);
            h.m.registerFinalizer(ref, (m, dead) -> h.finalized.add(1L));
            h.m.push(ref);
            h.makeOld();
            h.m.truncateRoots(0);
            h.collect();
            assertEquals(List.of(1L), h.finalized);
            h.collect();
            assertEquals(List.of(1L, -1L), h.finalized);
        }
    }

    @ParameterizedTest
    @EnumSource(HeapMode.class)
    void shouldReportAndNotRunAgainWhenItThrows(final HeapMode mode) {
        final List<Throwable> thrown = new ArrayList<>();
        final Thread.UncaughtExceptionHandler before = Thread.currentThread().getUncaughtExceptionHandler();
        Thread.currentThread().setUncaughtExceptionHandler((thread, e) -> thrown.add(e));
        try (Things h = new Things(mode)) {
            h.m.begin();
            final long ref = h.t.newPair(h.m, 1, 0);
            h.m.registerFinalizer(ref, (m, dead) -> {
                m.push(0);
                throw new IllegalStateException("broken finalizer");
            });
            h.m.push(ref);
            h.m.push(h.make(2, 0));
            h.makeOld();
            h.m.truncateRoots(0);
            h.collect();
            h.collect();
            assertEquals(List.of(2L), h.finalized);
            assertEquals(1, thrown.size());
            assertEquals("broken finalizer", thrown.get(0).getMessage());
            assertEquals(0, h.m.rootDepth());
        } finally {
            Thread.currentThread().setUncaughtExceptionHandler(before);
        }
    }

    @ParameterizedTest
    @EnumSource(HeapMode.class)
    void shouldRefuseWhenFinalizersAreRunInATransaction(final HeapMode mode) {
        try (Things h = new Things(mode)) {
            h.m.begin();
            assertEquals("finalizers run in transactions of their own: first",
                assertThrows(IllegalStateException.class, h.m::runFinalizers).getMessage());
            h.m.commit();
        }
    }

    @ParameterizedTest
    @EnumSource(HeapMode.class)
    void shouldRunEachOnceAndInnerAfterOuterWhenGraphIsRandom(final HeapMode mode) {
        final long seed = new Random().nextLong();
        final Random random = new Random(seed);
        final int count = 60;
        try (Things h = new Things(mode)) {
            final boolean[][] reaches = new boolean[count][count];
            h.m.begin();
            for (int i = 0; i < count; i++) {
                final long ref = h.m.allocate(h.t.array, 4);
                h.m.putLong(ref, h.t.number, i);
                for (int k = 0; k < 4 && i > 0; k++) {
                    final int to = random.nextInt(i);
                    if (random.nextInt(3) == 0) {
                        h.m.putRefAt(ref, k, h.m.root(to));
                        reaches[i][to] = true;
                        for (int j = 0; j < count; j++) {
                            reaches[i][j] |= reaches[to][j];
                        }
                    }
                }
                h.m.push(ref);
            }
            final Set<Long> registered = new HashSet<>();
            for (int k = 0; k < count; k++) {
                final int i = random.nextInt(count);
                if (random.nextBoolean() && registered.add((long) i)) {
                    h.m.registerFinalizer(h.m.root(i), (m, ref) -> h.finalized.add(m.getLong(ref, h.t.number)));
                }
            }
            h.makeOld();
            h.m.truncateRoots(0);
            for (int round = 0; round < count && h.finalized.size() < registered.size(); round++) {
                h.collect();
            }
            assertEquals(registered.size(), h.finalized.size(), "seed=" + seed);
            assertEquals(registered, new HashSet<>(h.finalized), "seed=" + seed);
            for (int a = 0; a < h.finalized.size(); a++) {
                for (int b = a + 1; b < h.finalized.size(); b++) {
                    assertTrue(!reaches[h.finalized.get(b).intValue()][h.finalized.get(a).intValue()], "seed=" + seed);
                }
            }
        }
    }

    /** Pairs with finalizers that note their values. */
    private static final class Things implements AutoCloseable {
        final List<Long> finalized = new ArrayList<>();
        final TestHeap t;
        final Mutator m;
        final ObjectLayout weakBox;
        final Field weak;
        final Field strong;
        final ObjectLayout withDestructor;

        Things(final HeapMode mode) {
            this(mode.context());
        }

        Things(final HeapContext context) {
            t = new TestHeap(context);
            m = t.mutator;
            final ObjectLayout.Builder builder = ObjectLayout.named("weakBox");
            weak = builder.field("weak", FieldType.WEAK);
            strong = builder.field("strong", FieldType.REF);
            weakBox = t.heap.register(builder);
            withDestructor = t.heap.register(ObjectLayout.named("both").destructor(object -> finalized.add(-1L)));
        }

        long make(final long number, final long next) {
            final long ref = t.newPair(m, number, next);
            register(ref);
            return ref;
        }

        void register(final long ref) {
            m.registerFinalizer(ref, (mutator, dead) -> finalized.add(mutator.getLong(dead, t.value)));
        }

        void makeOld() {
            m.collectNursery();
            m.commit();
        }

        /** A major collection, and a commit that runs what is due. */
        void collect() {
            t.heap.collectMajor();
            HeapVerifier.verify(t.heap);
            m.atomicallyDo(x -> { });
        }

        @Override
        public void close() {
            t.close();
        }
    }
}

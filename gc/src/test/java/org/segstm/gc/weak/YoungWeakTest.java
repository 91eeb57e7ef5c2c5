package org.segstm.gc.weak;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.segstm.gc.HeapMode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

/** Weak refs to young objects, in minor collections. */
@Timeout(60)
class YoungWeakTest {
    private static final int LARGE_LENGTH = 100_000;

    @ParameterizedTest
    @EnumSource(HeapMode.class)
    void shouldBeClearedWhenYoungTargetDies(final HeapMode mode) {
        try (WeakHeap w = new WeakHeap(mode)) {
            w.m.begin();
            w.m.push(w.newBox(w.t.newPair(w.m, 1, 0)));
            w.m.collectNursery();
            assertEquals(0, w.m.getRef(w.m.root(0), w.weak));
            w.m.commit();
            w.collectMajor();
        }
    }

    @ParameterizedTest
    @EnumSource(HeapMode.class)
    void shouldFollowWhenYoungTargetMoves(final HeapMode mode) {
        try (WeakHeap w = new WeakHeap(mode)) {
            w.m.begin();
            final long target = w.t.newPair(w.m, 7, 0);
            w.m.push(w.newBox(target));
            w.m.push(target);
            w.m.collectNursery();
            assertNotEquals(target, w.m.root(1));
            assertEquals(w.m.root(1), w.m.getRef(w.m.root(0), w.weak));
            w.m.commit();
            w.m.begin();
            assertEquals(7, w.m.getLong(w.m.getRef(w.m.root(0), w.weak), w.t.value));
            w.m.commit();
        }
    }

    @ParameterizedTest
    @EnumSource(HeapMode.class)
    void shouldLeaveNullAndImmediateAloneWhenCollected(final HeapMode mode) {
        try (WeakHeap w = new WeakHeap(mode)) {
            w.m.begin();
            w.m.push(w.newBox(0));
            w.m.push(w.newBox(12345));
            w.makeOld();
            w.collectMajor();
            w.m.begin();
            assertEquals(0, w.m.getRef(w.m.root(0), w.weak));
            assertEquals(12345, w.m.getRef(w.m.root(1), w.weak));
            w.m.commit();
        }
    }

    @ParameterizedTest
    @EnumSource(HeapMode.class)
    void shouldKeepTargetWhenItIsReachedStronglyFromTheSameObject(final HeapMode mode) {
        try (WeakHeap w = new WeakHeap(mode)) {
            w.m.begin();
            final long box = w.newBox(0);
            final long target = w.t.newPair(w.m, 7, 0);
            w.m.putRef(box, w.weak, target);
            w.m.putRef(box, w.strong, target);
            w.m.push(box);
            w.m.collectNursery();
            assertEquals(w.m.getRef(w.m.root(0), w.strong), w.m.getRef(w.m.root(0), w.weak));
            w.m.commit();
        }
    }

    @ParameterizedTest
    @EnumSource(HeapMode.class)
    void shouldBeClearedWhenLargeYoungTargetDiesAndStayWhenItLives(final HeapMode mode) {
        try (WeakHeap w = new WeakHeap(mode)) {
            w.m.begin();
            w.m.push(w.newBox(w.m.allocate(w.t.array, LARGE_LENGTH)));
            final long alive = w.m.allocate(w.t.array, LARGE_LENGTH);
            w.m.push(w.newBox(alive));
            w.m.push(alive);
            w.m.collectNursery();
            assertEquals(0, w.m.getRef(w.m.root(0), w.weak));
            assertEquals(alive, w.m.getRef(w.m.root(1), w.weak));
            w.m.commit();
        }
    }

    @ParameterizedTest
    @EnumSource(HeapMode.class)
    void shouldBeUpdatedWhenHolderIsLargeAndYoung(final HeapMode mode) {
        try (WeakHeap w = new WeakHeap(mode)) {
            w.m.begin();
            final long holder = w.m.allocate(w.wide, LARGE_LENGTH);
            final long alive = w.t.newPair(w.m, 1, 0);
            w.m.putRef(holder, w.wideWeak[0], alive);
            w.m.putRef(holder, w.wideWeak[WeakHeap.WIDE_WEAK_REFS - 1], w.t.newPair(w.m, 2, 0));
            w.m.push(alive);
            w.m.push(holder);
            w.m.collectNursery();
            assertEquals(w.m.root(0), w.m.getRef(holder, w.wideWeak[0]));
            assertEquals(0, w.m.getRef(holder, w.wideWeak[WeakHeap.WIDE_WEAK_REFS - 1]));
            w.m.commit();
        }
    }

    @ParameterizedTest
    @EnumSource(HeapMode.class)
    void shouldBeUpdatedWhenOverflowHolderIsWritten(final HeapMode mode) {
        try (WeakHeap w = new WeakHeap(mode)) {
            w.m.begin();
            w.m.push(w.newBox(0));
            w.m.push(w.newBox(0));
            w.m.push(w.m.allocate(w.wide, 1));
            w.m.collectNursery();
            final long alive = w.t.newPair(w.m, 3, 0);
            w.m.push(alive);
            w.m.putRef(w.m.root(0), w.weak, alive);
            w.m.putRef(w.m.root(1), w.weak, w.t.newPair(w.m, 4, 0));
            w.m.putRef(w.m.root(2), w.wideWeak[20], alive);
            w.m.putRef(w.m.root(2), w.wideWeak[39], w.t.newPair(w.m, 5, 0));
            w.m.collectNursery();
            assertEquals(w.m.root(3), w.m.getRef(w.m.root(0), w.weak));
            assertEquals(0, w.m.getRef(w.m.root(1), w.weak));
            assertEquals(w.m.root(3), w.m.getRef(w.m.root(2), w.wideWeak[20]));
            assertEquals(0, w.m.getRef(w.m.root(2), w.wideWeak[39]));
            w.m.commit();
        }
    }

    @ParameterizedTest
    @EnumSource(HeapMode.class)
    void shouldBeUpdatedWhenOldHolderIsWritten(final HeapMode mode) {
        try (WeakHeap w = new WeakHeap(mode)) {
            w.m.begin();
            w.m.push(w.newBox(0));
            w.m.push(w.m.allocate(w.wide, 1));
            w.makeOld();
            w.m.begin();
            final long alive = w.t.newPair(w.m, 3, 0);
            w.m.push(alive);
            w.m.putRef(w.m.root(0), w.weak, w.t.newPair(w.m, 4, 0));
            w.m.putRef(w.m.root(1), w.wideWeak[5], alive);
            w.m.putRef(w.m.root(1), w.wideWeak[30], w.t.newPair(w.m, 5, 0));
            w.makeOld();
            w.collectMajor();
            final long box = w.m.root(0);
            final long wide = w.m.root(1);
            final long target = w.m.root(2);
            w.other.atomicallyDo(x -> {
                assertEquals(0, x.getRef(box, w.weak));
                assertEquals(target, x.getRef(wide, w.wideWeak[5]));
                assertEquals(3, x.getLong(target, w.t.value));
                assertEquals(0, x.getRef(wide, w.wideWeak[30]));
            });
        }
    }

    @ParameterizedTest
    @EnumSource(HeapMode.class)
    void shouldBringOldTargetBackWhenTransactionAborts(final HeapMode mode) {
        assumeFalse(mode.isSerial());
        try (WeakHeap w = new WeakHeap(mode)) {
            w.oldBoxAndTarget();
            w.m.begin();
            w.m.putRef(w.m.root(0), w.weak, w.t.newPair(w.m, 8, 0));
            w.m.collectNursery();
            assertEquals(0, w.m.getRef(w.m.root(0), w.weak));
            w.m.abort();
            w.m.begin();
            assertEquals(w.m.root(1), w.m.getRef(w.m.root(0), w.weak));
            w.m.commit();
        }
    }
}

package org.segstm.gc.weak;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.segstm.gc.HeapMode;

import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

/** Weak refs in major collections, with transactions under way. */
@Timeout(60)
class MajorWeakTest {
    @ParameterizedTest
    @EnumSource(HeapMode.class)
    void shouldBeClearedWhenOldTargetDies(final HeapMode mode) {
        try (WeakHeap w = new WeakHeap(mode)) {
            w.oldBoxAndTarget();
            w.collectMajor();
            final long box = w.m.root(0);
            final long target = w.m.root(1);
            w.other.atomicallyDo(x -> assertEquals(target, x.getRef(box, w.weak), "alive"));
            w.m.pop();
            w.collectMajor();
            w.m.atomicallyDo(x -> assertEquals(0, x.getRef(box, w.weak)));
            w.other.atomicallyDo(x -> assertEquals(0, x.getRef(box, w.weak)));
        }
    }

    @ParameterizedTest
    @EnumSource(HeapMode.class)
    void shouldNotKeepChainAliveWhenOneLinkIsWeak(final HeapMode mode) {
        try (WeakHeap w = new WeakHeap(mode)) {
            w.m.begin();
            w.m.push(w.newBox(w.t.newPair(w.m, 1, w.newBox(w.t.newPair(w.m, 2, 0)))));
            final long ring = w.newBox(0);
            w.m.putRef(ring, w.weak, ring);
            w.m.push(ring);
            w.makeOld();
            w.collectMajor();
            w.m.begin();
            assertEquals(0, w.m.getRef(w.m.root(0), w.weak));
            assertEquals(w.m.root(1), w.m.getRef(w.m.root(1), w.weak), "an object that refers to itself weakly");
            w.m.commit();
        }
    }

    @ParameterizedTest
    @EnumSource(HeapMode.class)
    void shouldBeClearedInPrivateCopyWhenAnotherTransactionRuns(final HeapMode mode) {
        assumeFalse(mode.isSerial());
        try (WeakHeap w = new WeakHeap(mode)) {
            w.oldBoxAndTarget();
            final long box = w.m.root(0);
            w.m.pop();
            w.other.begin();
            w.other.putRef(box, w.strong, 0);
            w.other.putRef(box, w.strong, box);
            w.other.park();
            w.collectMajor();
            w.other.unpark();
            assertEquals(0, w.other.getRef(box, w.weak), "in the private copy");
            w.other.commit();
            w.m.atomicallyDo(x -> {
                assertEquals(0, x.getRef(box, w.weak));
                assertEquals(box, x.getRef(box, w.strong));
            });
        }
    }

    @ParameterizedTest
    @EnumSource(HeapMode.class)
    void shouldStayNullWhenTransactionThatOverwroteItAborts(final HeapMode mode) {
        assumeFalse(mode.isSerial());
        try (WeakHeap w = new WeakHeap(mode)) {
            w.oldBoxAndTarget();
            w.m.begin();
            w.m.push(w.m.allocate(w.wide, 1));
            w.m.putRef(w.m.root(2), w.wideWeak[35], w.m.root(1));
            w.m.commit();
            final long box = w.m.root(0);
            final long wide = w.m.root(2);
            w.m.truncateRoots(1);
            w.m.push(wide);
            w.other.begin();
            w.other.putRef(box, w.weak, box);
            w.other.putRef(wide, w.wideWeak[35], box);
            w.other.park();
            w.collectMajor();
            w.other.unpark();
            assertEquals(box, w.other.getRef(box, w.weak), "what the transaction stored itself");
            assertEquals(box, w.other.getRef(wide, w.wideWeak[35]));
            w.other.abort();
            w.other.atomicallyDo(x -> {
                assertEquals(0, x.getRef(box, w.weak), "saved words are cleared too");
                assertEquals(0, x.getRef(wide, w.wideWeak[35]));
            });
        }
    }

    @ParameterizedTest
    @EnumSource(HeapMode.class)
    void shouldBeClearedInUncommittedHoldersWhenTargetDies(final HeapMode mode) {
        try (WeakHeap w = new WeakHeap(mode)) {
            w.oldBoxAndTarget();
            w.m.begin();
            w.m.push(w.newBox(w.m.root(1)));
            w.m.push(w.m.allocate(w.wide, 20_000));
            w.m.putRef(w.m.root(3), w.wideWeak[39], w.m.root(1));
            w.m.collectNursery();
            final long young = w.newBox(w.m.root(1));
            w.m.push(young);
            final long overflow = w.m.root(2);
            final long wide = w.m.root(3);
            w.m.truncateRoots(0);
            w.m.push(overflow);
            w.m.push(young);
            w.m.push(wide);
            w.m.park();
            w.collectMajor();
            w.m.unpark();
            if (mode.isSerial()) {
                assertEquals(0, w.m.getRef(overflow, w.weak));
                assertEquals(0, w.m.getRef(young, w.weak));
            } else {
                // The stack as it was at the begin, which an abort would bring back, keeps the target.
                assertEquals(7, w.m.getLong(w.m.getRef(young, w.weak), w.t.value));
            }
            w.m.commit();
            w.collectMajor();
            w.m.begin();
            assertEquals(0, w.m.getRef(w.m.root(0), w.weak));
            assertEquals(0, w.m.getRef(w.m.root(1), w.weak));
            assertEquals(0, w.m.getRef(w.m.root(2), w.wideWeak[39]));
            w.m.commit();
        }
    }

    @ParameterizedTest
    @EnumSource(HeapMode.class)
    void shouldBeClearedInFreshHoldersWhenTheirTransactionRuns(final HeapMode mode) {
        assumeFalse(mode.isSerial());
        try (WeakHeap w = new WeakHeap(mode)) {
            w.oldBoxAndTarget();
            final long target = w.m.root(1);
            final long box = w.m.root(0);
            w.other.begin();
            for (int i = 0; i < 3; i++) {
                final long ref = w.other.allocate(w.box);
                w.other.putRef(ref, w.weak, target);
                w.other.push(ref);
            }
            w.other.collectNursery();
            w.other.putRef(w.other.root(1), w.strong, box);
            final long young = w.other.allocate(w.box);
            w.other.putRef(young, w.weak, target);
            w.other.push(young);
            w.other.park();
            w.m.pop();
            w.collectMajor();
            w.other.unpark();
            for (int i = 0; i < 4; i++) {
                assertEquals(0, w.other.getRef(w.other.root(i), w.weak), "index=" + i);
            }
            w.other.commit();
            w.other.atomicallyDo(x -> assertEquals(0, x.getRef(x.root(1), w.weak)));
        }
    }

    @ParameterizedTest
    @EnumSource(HeapMode.class)
    void shouldAgreeWithModelWhenWeakTableIsUsedAtRandom(final HeapMode mode) {
        final long seed = new Random().nextLong();
        final Random random = new Random(seed);
        final int size = 50;
        try (WeakHeap w = new WeakHeap(mode)) {
            w.m.begin();
            for (int i = 0; i < 2 * size; i++) {
                w.m.push(i < size ? w.newBox(0) : 0);
            }
            w.m.commit();
            final boolean[] held = new boolean[size];
            for (int round = 0; round < 60; round++) {
                final boolean abort = !mode.isSerial() && random.nextInt(4) == 0;
                final boolean[] now = held.clone();
                w.m.begin();
                for (int k = 0; k < 10; k++) {
                    final int i = random.nextInt(size);
                    now[i] = random.nextBoolean();
                    final long target = w.t.newPair(w.m, i, 0);
                    w.m.putRef(w.m.root(i), w.weak, target);
                    w.m.setRoot(size + i, now[i] ? target : 0);
                    if (random.nextInt(5) == 0) {
                        w.m.collectNursery();
                    }
                }
                if (abort) {
                    w.m.abort();
                } else {
                    System.arraycopy(now, 0, held, 0, size);
                    w.m.collectNursery();
                    w.m.commit();
                }
                if (random.nextInt(3) == 0) {
                    w.collectMajor();
                    w.m.begin();
                    for (int i = 0; i < size; i++) {
                        final long target = w.m.getRef(w.m.root(i), w.weak);
                        assertEquals(held[i] ? w.m.root(size + i) : 0, target, "seed=" + seed + " index=" + i);
                    }
                    w.m.commit();
                }
            }
        }
    }
}

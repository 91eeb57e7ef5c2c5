package org.segstm.gc.minor;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.segstm.gc.HeapMode;
import org.segstm.gc.TestHeap;
import org.segstm.heap.CheckedAccessException;
import org.segstm.heap.Mutator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Which young objects survive, and that everything that refers to them is told. */
@Timeout(60)
class SurvivalTest {
    @ParameterizedTest
    @EnumSource(HeapMode.class)
    void shouldMoveObjectAndUpdateRootWhenOnShadowStack(final HeapMode mode) {
        try (TestHeap t = new TestHeap(mode)) {
            final Mutator m = t.mutator;
            m.begin();
            final long young = t.newPair(m, 42, 0);
            m.push(young);
            m.push(young);
            assertTrue(m.inspect().isYoung(young));
            m.collectNursery();
            assertNotEquals(young, m.root(0));
            assertEquals(m.root(0), m.root(1));
            assertFalse(m.inspect().isYoung(m.root(0)));
            assertEquals(!mode.isSerial(), m.inspect().isOverflow(m.root(0)));
            assertEquals(42, m.getLong(m.root(0), t.value));
            m.collectNursery();
            final long promoted = m.root(0);
            m.commit();
            assertEquals(promoted, m.root(0), "promoted objects stay");
        }
    }

    @ParameterizedTest
    @EnumSource(HeapMode.class)
    void shouldTakeNoRoomWhenNothingSurvives(final HeapMode mode) {
        try (TestHeap t = new TestHeap(mode)) {
            final long before = t.usedBytes();
            t.mutator.begin();
            t.pushList(t.mutator, 2000);
            t.mutator.pop();
            t.mutator.collectNursery();
            assertEquals(before, t.usedBytes());
            t.mutator.commit();
            assertEquals(before, t.usedBytes());
        }
    }

    @ParameterizedTest
    @EnumSource(HeapMode.class)
    void shouldKeepYoungObjectWhenOldOneWasWritten(final HeapMode mode) {
        try (TestHeap t = new TestHeap(mode)) {
            final Mutator m = t.mutator;
            m.atomicallyDo(x -> x.push(t.newPair(x, 1, 0)));
            m.begin();
            for (int i = 2; i < 10; i++) {
                m.putRef(m.root(0), t.next, t.newPair(m, i, m.getRef(m.root(0), t.next)));
                m.collectNursery();
            }
            m.commit();
            m.begin();
            long ref = m.getRef(m.root(0), t.next);
            for (int i = 9; i >= 2; i--) {
                assertEquals(i, m.getLong(ref, t.value));
                ref = m.getRef(ref, t.next);
            }
            assertEquals(0, ref);
            m.commit();
        }
    }

    @ParameterizedTest
    @EnumSource(HeapMode.class)
    void shouldLeaveImmediatesAloneWhenTheyLookLikeNurseryRefs(final HeapMode mode) {
        try (TestHeap t = new TestHeap(mode)) {
            final Mutator m = t.mutator;
            m.begin();
            final long young = t.newPair(m, 7, 0);
            final long array = m.allocate(t.array, 3);
            m.putRefAt(array, 0, young | 1);
            m.putRefAt(array, 1, -1);
            m.putRefAt(array, 2, young);
            m.push(array);
            m.push(young | 1);
            m.push(0);
            m.collectNursery();
            final long moved = m.root(0);
            assertEquals(young | 1, m.getRefAt(moved, 0));
            assertEquals(-1, m.getRefAt(moved, 1));
            assertEquals(7, m.getLong(m.getRefAt(moved, 2), t.value));
            assertEquals(young | 1, m.root(1));
            assertEquals(0, m.root(2));
            m.commit();
        }
    }

    @ParameterizedTest
    @EnumSource(HeapMode.class)
    void shouldKeepCyclesAndSharingWhenObjectsReferToEachOther(final HeapMode mode) {
        try (TestHeap t = new TestHeap(mode)) {
            final Mutator m = t.mutator;
            m.begin();
            final long a = t.newPair(m, 1, 0);
            final long b = t.newPair(m, 2, a);
            m.putRef(a, t.next, b);
            final long array = m.allocate(t.array, 2);
            m.putRef(array, t.owner, array);
            m.putLong(array, t.number, 99);
            m.putRefAt(array, 0, a);
            m.putRefAt(array, 1, b);
            m.push(array);
            m.commit();
            m.begin();
            final long moved = m.root(0);
            assertEquals(moved, m.getRef(moved, t.owner));
            assertEquals(99, m.getLong(moved, t.number));
            assertEquals(m.getRefAt(moved, 1), m.getRef(m.getRefAt(moved, 0), t.next));
            assertEquals(m.getRefAt(moved, 0), m.getRef(m.getRefAt(moved, 1), t.next));
            m.commit();
        }
    }

    @ParameterizedTest
    @EnumSource(HeapMode.class)
    void shouldKeepContentWhenObjectsHaveAllSizes(final HeapMode mode) {
        try (TestHeap t = new TestHeap(mode)) {
            final Mutator m = t.mutator;
            for (int from = 0; from < 40_000; from += 4000) {
                final int start = from;
                m.atomicallyDo(x -> {
                    x.truncateRoots(0);
                    for (int length = start; length < start + 4000; length += 37 + start / 8) {
                        x.push(newBlob(t, x, length));
                        x.safepoint();
                    }
                });
                m.atomicallyDo(x -> {
                    for (int i = 0; i < x.rootDepth(); i++) {
                        checkBlob(x, x.root(i));
                    }
                });
            }
        }
    }

    private static long newBlob(final TestHeap t, final Mutator m, final int length) {
        final long blob = m.allocate(t.blob, length);
        for (int i = 0; i < length; i++) {
            if (m.getByteAt(blob, i) != 0) {
                throw new AssertionError("not zero-filled: length=" + length + " index=" + i);
            }
            m.putByteAt(blob, i, (byte) (i * 31 + length));
        }
        return blob;
    }

    private static void checkBlob(final Mutator m, final long blob) {
        final int length = (int) m.length(blob);
        for (int i = 0; i < length; i++) {
            if (m.getByteAt(blob, i) != (byte) (i * 31 + length)) {
                throw new AssertionError("content lost: length=" + length + " index=" + i);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(HeapMode.class)
    void shouldPromoteWithoutRecursionWhenListIsAMillionLong(final HeapMode mode) {
        try (TestHeap t = new TestHeap(mode.context().heapBytes(128 << 20).nurseryBytes(64 << 20))) {
            final Mutator m = t.mutator;
            m.atomicallyDo(x -> t.pushList(x, 1_000_000));
            m.atomicallyDo(x -> {
                x.collectNursery();
                assertEquals(1_000_000, t.checkedLength(x, x.root(0)));
            });
        }
    }

    @ParameterizedTest
    @EnumSource(HeapMode.class)
    void shouldScanNewRootsOnlyWhenStackIsDeep(final HeapMode mode) {
        try (TestHeap t = new TestHeap(mode)) {
            final Mutator m = t.mutator;
            m.begin();
            for (int i = 0; i < 1000; i++) {
                m.push(t.newPair(m, i, 0));
            }
            m.collectNursery();
            assertEquals(1000, m.inspect().watermark());
            m.setRoot(500, t.newPair(m, -500, 0));
            m.push(t.newPair(m, 1000, 0));
            assertEquals(500, m.inspect().watermark());
            m.collectNursery();
            for (int i = 0; i <= 1000; i++) {
                assertFalse(m.inspect().isYoung(m.root(i)));
                assertEquals(i == 500 ? -500 : i, m.getLong(m.root(i), t.value));
            }
            m.commit();
        }
    }

    @ParameterizedTest
    @EnumSource(value = HeapMode.class, names = "SERIAL", mode = EnumSource.Mode.EXCLUDE)
    void shouldNameStaleRefWhenItWasKeptAcrossSafepoint(final HeapMode mode) {
        try (TestHeap t = new TestHeap(mode)) {
            final Mutator m = t.mutator;
            m.begin();
            final long stale = t.newPair(m, 1, 0);
            m.collectNursery();
            m.push(stale);
            final CheckedAccessException e = assertThrows(CheckedAccessException.class, m::collectNursery);
            assertEquals("a root or field must hold null, an immediate or the ref of an existing object (was a ref"
                + " kept across a safepoint?): value=0x" + Long.toHexString(stale), e.getMessage());
            m.abort();
        }
    }

    @ParameterizedTest
    @EnumSource(HeapMode.class)
    void shouldKeepYoungObjectsOfAllMutatorsWhenEachHasItsRoots(final HeapMode mode) {
        try (TestHeap t = new TestHeap(mode)) {
            t.mutator.atomicallyDo(x -> t.pushList(x, 100));
            t.other.atomicallyDo(x -> {
                t.pushList(x, 50);
                x.collectNursery();
            });
            t.mutator.atomicallyDo(x -> {
                x.collectNursery();
                assertEquals(100, t.checkedLength(x, x.root(0)));
            });
            t.other.atomicallyDo(x -> assertEquals(50, t.checkedLength(x, x.root(0))));
        }
    }
}

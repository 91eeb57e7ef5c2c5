package org.segstm.gc.identity;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.segstm.gc.HeapMode;
import org.segstm.gc.TestHeap;
import org.segstm.gc.verify.HeapVerifier;
import org.segstm.heap.GlobalRoot;
import org.segstm.heap.Mutator;
import org.segstm.heap.OutOfHeapException;

import java.util.HashSet;
import java.util.Set;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

/** Identity and identity hash of objects that move, die, and are rolled back. */
@Timeout(60)
class IdentityTest {
    private static final int MANY = 1000;

    @ParameterizedTest
    @EnumSource(HeapMode.class)
    void shouldStaySameWhenYoungObjectMoves(final HeapMode mode) {
        try (TestHeap t = new TestHeap(mode)) {
            final Mutator m = t.mutator;
            m.begin();
            final long ref = t.newPair(m, 7, 0);
            m.push(ref);
            final long identity = m.identity(ref);
            final long hash = m.identityHash(ref);
            assertEquals(identity, m.identity(ref));
            assertNotEquals(ref, identity);
            m.collectNursery();
            assertEquals(identity, m.root(0), "the identity is where it moves to");
            assertEquals(identity, m.identity(m.root(0)));
            assertEquals(hash, m.identityHash(m.root(0)));
            m.commit();
            t.heap.collectMajor();
            HeapVerifier.verify(t.heap);
            t.other.atomicallyDo(x -> {
                assertEquals(identity, x.identity(identity));
                assertEquals(hash, x.identityHash(identity));
                assertEquals(7, x.getLong(identity, t.value));
            });
        }
    }

    @ParameterizedTest
    @EnumSource(HeapMode.class)
    void shouldBeRefWhenObjectLiesOutsideTheNursery(final HeapMode mode) {
        try (TestHeap t = new TestHeap(mode)) {
            t.mutator.begin();
            final long large = t.mutator.allocate(t.blob, 200_000);
            assertEquals(large, t.mutator.identity(large));
            t.mutator.commit();
        }
    }

    @ParameterizedTest
    @EnumSource(HeapMode.class)
    void shouldFollowRefsWhenGraphOfObjectsWithIdentityMoves(final HeapMode mode) {
        try (TestHeap t = new TestHeap(mode)) {
            final Mutator m = t.mutator;
            m.begin();
            long list = 0;
            for (int i = 0; i < MANY; i++) {
                list = t.newPair(m, i, list);
                if (i % 3 == 0) {
                    m.identity(list);
                }
            }
            final long array = m.allocate(t.array, 200);
            final long arrayIdentity = m.identity(array);
            m.putRefAt(array, 199, list);
            m.push(array);
            m.collectNursery();
            assertEquals(arrayIdentity, m.root(0));
            assertEquals(MANY, t.checkedLength(m, m.getRefAt(m.root(0), 199)));
            m.commit();
            HeapVerifier.verify(t.heap);
            t.other.atomicallyDo(x -> assertEquals(MANY, t.checkedLength(x, x.getRefAt(arrayIdentity, 199))));
        }
    }

    @ParameterizedTest
    @EnumSource(HeapMode.class)
    void shouldFreeReservedPlaceWhenObjectDiesYoung(final HeapMode mode) {
        try (TestHeap t = new TestHeap(mode)) {
            final Mutator m = t.mutator;
            final Set<Long> seen = new HashSet<>();
            m.begin();
            for (int round = 0; round < 20; round++) {
                for (int i = 0; i < MANY; i++) {
                    seen.add(m.identity(t.newPair(m, i, 0)));
                }
                m.collectNursery();
            }
            m.commit();
            assertTrue(seen.size() < 3 * MANY, "places are used again: seen=" + seen.size());
            t.heap.collectMajor();
            assertEquals(0, t.heap.statistics().liveBytes());
        }
    }

    @ParameterizedTest
    @EnumSource(HeapMode.class)
    void shouldKeepReservedPlaceWhenMajorCollectionRunsMeanwhile(final HeapMode mode) {
        try (TestHeap t = new TestHeap(mode)) {
            final Mutator m = t.mutator;
            m.begin();
            m.push(t.newPair(m, 7, 0));
            final long identity = m.identity(m.root(0));
            m.park();
            t.heap.collectMajor();
            HeapVerifier.verify(t.heap);
            if (!mode.isSerial()) {
                t.other.atomicallyDo(x -> t.pushList(x, MANY));
            }
            m.unpark();
            m.collectNursery();
            assertEquals(identity, m.root(0));
            assertEquals(7, m.getLong(identity, t.value));
            m.commit();
        }
    }

    @ParameterizedTest
    @EnumSource(HeapMode.class)
    void shouldFreeReservedPlacesWhenTransactionAborts(final HeapMode mode) {
        assumeFalse(mode.isSerial());
        try (TestHeap t = new TestHeap(mode)) {
            final Mutator m = t.mutator;
            final long before = t.usedBytes();
            m.begin();
            for (int i = 0; i < MANY; i++) {
                m.push(t.newPair(m, i, 0));
                m.identity(m.root(i));
                m.giveIdentityHash(m.root(i), i);
            }
            m.abort();
            assertEquals(before, t.usedBytes());
            HeapVerifier.verify(t.heap);
        }
    }

    @ParameterizedTest
    @EnumSource(HeapMode.class)
    void shouldDifferBetweenObjectsWhenManyLive(final HeapMode mode) {
        try (TestHeap t = new TestHeap(mode)) {
            final Mutator m = t.mutator;
            final Set<Long> identities = new HashSet<>();
            final Set<Long> hashes = new HashSet<>();
            m.begin();
            for (int i = 0; i < MANY; i++) {
                m.push(t.newPair(m, i, 0));
                identities.add(m.identity(m.root(i)));
                hashes.add(m.identityHash(m.root(i)));
                m.safepoint();
            }
            m.commit();
            assertEquals(MANY, identities.size());
            assertEquals(MANY, hashes.size());
        }
    }

    @ParameterizedTest
    @EnumSource(HeapMode.class)
    void shouldGoOnWithIdentityWhenCollectionThatFailedIsTakenBack(final HeapMode mode) {
        try (TestHeap t = new TestHeap(mode.context().heapBytes(4 << 20).nurseryBytes(2 << 20))) {
            final Mutator m = t.mutator;
            final GlobalRoot old = t.heap.newGlobalRoot("old");
            m.begin();
            m.push(m.allocate(t.blob, 5 << 19));
            m.collectNursery();
            m.commit();
            old.set(m.pop());
            m.beginInevitable("cannot be rolled back");
            final long array = m.allocate(t.array, 10);
            final long pair = t.newPair(m, 5, array);
            final long identity = m.identity(pair);
            m.putRefAt(array, 9, pair);
            m.push(pair);
            for (int i = 0; i < 170; i++) {
                m.push(m.allocate(t.blob, 10_000));
            }
            assertThrows(OutOfHeapException.class, m::collectNursery);
            assertEquals(pair, m.root(0), "nothing has moved");
            assertEquals(identity, m.identity(pair));
            old.set(0);
            m.collectNursery();
            assertEquals(identity, m.root(0));
            assertEquals(identity, m.getRefAt(m.getRef(identity, t.next), 9));
            m.commit();
        }
    }

    @ParameterizedTest
    @EnumSource(HeapMode.class)
    void shouldReturnGivenHashWhenObjectMovesAndForgetItWhenItDies(final HeapMode mode) {
        try (TestHeap t = new TestHeap(mode)) {
            final Mutator m = t.mutator;
            m.begin();
            m.push(t.newPair(m, 7, 0));
            m.giveIdentityHash(m.root(0), 42);
            m.push(m.allocate(t.blob, 200_000));
            m.giveIdentityHash(m.root(1), 43);
            assertEquals(42, m.identityHash(m.root(0)));
            m.collectNursery();
            assertEquals(42, m.identityHash(m.root(0)));
            assertEquals(43, m.identityHash(m.root(1)));
            m.commit();
            HeapVerifier.verify(t.heap);
            final long pair = m.root(0);
            t.other.atomicallyDo(x -> assertEquals(42, x.identityHash(pair)));
            t.heap.collectMajor();
            t.other.atomicallyDo(x -> assertEquals(42, x.identityHash(pair)));
            m.truncateRoots(0);
            t.heap.collectMajor();
            m.begin();
            for (int i = 0; i < MANY; i++) {
                m.push(t.newPair(m, i, 0));
                assertNotEquals(42, m.identityHash(m.root(i)));
            }
            m.commit();
        }
    }

    @ParameterizedTest
    @EnumSource(HeapMode.class)
    void shouldRefuseHashWhenObjectIsNotYoung(final HeapMode mode) {
        try (TestHeap t = new TestHeap(mode)) {
            final Mutator m = t.mutator;
            m.begin();
            m.push(t.newPair(m, 7, 0));
            m.collectNursery();
            final long ref = m.root(0);
            assertEquals("an object is given its hash while it is young: ref=0x" + Long.toHexString(ref),
                assertThrows(IllegalStateException.class, () -> m.giveIdentityHash(ref, 1)).getMessage());
            m.commit();
        }
    }
}

package org.segstm.gc.minor;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.segstm.bridge.Memory;
import org.segstm.gc.HeapMode;
import org.segstm.gc.TestHeap;
import org.segstm.heap.Mutator;

import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

/** Large arrays are remembered, scanned and re-armed card by card. */
@Timeout(60)
class RememberedCardsTest {
    private static final int LENGTH = 1_000_000;
    private static final int REFS_IN_CARD = 16;
    /** Not the ref of an object: scanning it in checked mode would fail. */
    private static final long WILD = 0x10;

    private static void pushCommittedArray(final TestHeap t, final int length) {
        t.mutator.atomicallyDo(x -> {
            x.push(x.allocate(t.array, length));
            x.collectNursery();
        });
    }

    @ParameterizedTest
    @EnumSource(HeapMode.class)
    void shouldScanWrittenCardOnlyWhenOneElementOfAMillionIsStored(final HeapMode mode) {
        try (TestHeap t = new TestHeap(mode.context().verify(false))) {
            pushCommittedArray(t, LENGTH);
            final Mutator m = t.mutator;
            m.begin();
            final int k = 512 * 1000 + 5;
            m.putRefAt(m.root(0), k, t.newPair(m, 17, 0));
            final long neighbourAddress = m.segmentBase() + m.root(0)
                + t.array.variableOffset() + 8L * (k + REFS_IN_CARD);
            Memory.putLong(neighbourAddress, WILD);
            m.collectNursery();
            Memory.putLong(neighbourAddress, 0);
            assertFalse(m.inspect().isYoung(m.getRefAt(m.root(0), k)));
            assertEquals(17, m.getLong(m.getRefAt(m.root(0), k), t.value));
            m.commit();
            m.atomicallyDo(x -> assertEquals(17, x.getLong(x.getRefAt(x.root(0), k), t.value)));
        }
    }

    @ParameterizedTest
    @EnumSource(HeapMode.class)
    void shouldTakeSlowPathAgainWhenCardIsWrittenAfterCollection(final HeapMode mode) {
        try (TestHeap t = new TestHeap(mode)) {
            pushCommittedArray(t, 1000);
            final Mutator m = t.mutator;
            m.begin();
            for (int i = 0; i < 20; i++) {
                m.putRefAt(m.root(0), 500, t.newPair(m, i, 0));
                m.collectNursery();
                assertEquals(i, m.getLong(m.getRefAt(m.root(0), 500), t.value));
            }
            m.commit();
        }
    }

    @ParameterizedTest
    @EnumSource(HeapMode.class)
    void shouldFindFixedFieldsWhenTheyShareTheirCardWithElements(final HeapMode mode) {
        try (TestHeap t = new TestHeap(mode)) {
            pushCommittedArray(t, 1000);
            final Mutator m = t.mutator;
            m.begin();
            m.putRef(m.root(0), t.owner, t.newPair(m, 1, 0));
            m.putRefAt(m.root(0), 0, t.newPair(m, 2, 0));
            m.putRefAt(m.root(0), 999, t.newPair(m, 3, 0));
            m.collectNursery();
            assertEquals(1, m.getLong(m.getRef(m.root(0), t.owner), t.value));
            assertEquals(2, m.getLong(m.getRefAt(m.root(0), 0), t.value));
            assertEquals(3, m.getLong(m.getRefAt(m.root(0), 999), t.value));
            m.commit();
        }
    }

    @ParameterizedTest
    @EnumSource(HeapMode.class)
    void shouldAgreeWithModelWhenElementsAreStoredAtRandom(final HeapMode mode) {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        final int length = 3000;
        final long[] model = new long[length];
        try (TestHeap t = new TestHeap(mode)) {
            pushCommittedArray(t, length);
            final Mutator m = t.mutator;
            for (int round = 0; round < 100; round++) {
                final boolean abort = !mode.isSerial() && random.nextInt(3) == 0;
                m.begin();
                for (int i = 0; i < 50; i++) {
                    final int k = random.nextInt(length);
                    final long number = random.nextInt();
                    m.putRefAt(m.root(0), k, t.newPair(m, number, 0));
                    model[k] = abort ? model[k] : number | 1L << 40;
                    if (random.nextInt(10) == 0) {
                        m.collectNursery();
                    }
                }
                if (abort) {
                    m.abort();
                } else {
                    m.commit();
                }
                compare(t, t.other, m.root(0), model, seed);
            }
        }
    }

    /** Through the other mutator's view; an old object has the same ref everywhere. */
    private static void compare(
        final TestHeap t, final Mutator reader, final long array, final long[] model, final long seed) {
        reader.begin();
        for (int k = 0; k < model.length; k++) {
            final long ref = reader.getRefAt(array, k);
            assertEquals(model[k] == 0, ref == 0, "seed=" + seed + " index=" + k);
            if (ref != 0) {
                assertEquals((int) model[k], (int) reader.getLong(ref, t.value), "seed=" + seed + " index=" + k);
            }
        }
        reader.commit();
    }

    @ParameterizedTest
    @EnumSource(HeapMode.class)
    void shouldRememberCardsWhenLargeArrayIsOverflow(final HeapMode mode) {
        try (TestHeap t = new TestHeap(mode)) {
            final Mutator m = t.mutator;
            m.begin();
            m.push(m.allocate(t.array, 100));
            m.push(m.allocate(t.array, 50_000));
            for (int i = 0; i < 100; i++) {
                m.collectNursery();
                m.putRefAt(m.root(0), i, t.newPair(m, i, 0));
                m.putRefAt(m.root(1), i * 499L, t.newPair(m, -i, 0));
            }
            m.commit();
            t.other.begin();
            for (int i = 0; i < 100; i++) {
                assertEquals(i, t.other.getLong(t.other.getRefAt(m.root(0), i), t.value));
                assertEquals(-i, t.other.getLong(t.other.getRefAt(m.root(1), i * 499L), t.value));
            }
            t.other.commit();
        }
    }
}

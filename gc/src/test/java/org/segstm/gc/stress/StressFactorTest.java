package org.segstm.gc.stress;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.segstm.gc.HeapMode;
import org.segstm.gc.TestHeap;
import org.segstm.heap.CollectionEvent.Kind;
import org.segstm.heap.HeapContext;
import org.segstm.heap.Mutator;
import org.segstm.heap.SegmentHeap;
import org.segstm.heap.TransactionAbortedException;

import java.util.EnumMap;
import java.util.Map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Collections forced by the stress factor. */
@Timeout(60)
class StressFactorTest {
    private static final int STRESS_BYTES = 1 << 10;
    private static final int PAIR_BYTES = 32;

    private static Map<Kind, Integer> counting(final SegmentHeap heap) {
        final Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
        for (final Kind kind : Kind.values()) {
            counts.put(kind, 0);
        }
        heap.addCollectionListener(event -> counts.merge(event.kind(), 1, Integer::sum));
        return counts;
    }

    @ParameterizedTest
    @EnumSource(HeapMode.class)
    void shouldCollectInEveryWayWhenOneTransactionAllocates(final HeapMode mode) {
        try (TestHeap t = new TestHeap(mode.context().stressBytes(STRESS_BYTES).verify(true))) {
            final Map<Kind, Integer> counts = counting(t.heap);
            final Mutator m = t.mutator;
            final int pairs = 3000;
            m.begin();
            m.push(0);
            for (int i = 0; i < pairs; i++) {
                m.setRoot(0, t.newPair(m, i, m.root(0)));
                m.safepoint();
            }
            m.commit();
            m.atomicallyDo(x -> assertEquals(pairs, t.checkedLength(x, x.root(0))));
            final int forced = pairs * PAIR_BYTES / STRESS_BYTES;
            assertEquals(forced, m.statistics().minorCollections(), 5);
            assertEquals(forced / 3, counts.get(Kind.MAJOR), 2);
            assertTrue(mode.isSerial() || counts.get(Kind.RESHARE) >= forced / 3 - 1, counts.toString());
        }
    }

    @ParameterizedTest
    @EnumSource(HeapMode.class)
    void shouldCollectBetweenTransactionsWhenTheyAreSmall(final HeapMode mode) {
        try (TestHeap t = new TestHeap(mode.context().stressBytes(STRESS_BYTES).verify(true))) {
            final Map<Kind, Integer> counts = counting(t.heap);
            t.mutator.push(0);
            for (int i = 0; i < 400; i++) {
                final Mutator m = i % 2 == 0 ? t.mutator : t.other;
                m.atomicallyDo(x -> {
                    x.push(t.newPair(x, 0, 0));
                    x.pop();
                });
            }
            assertTrue(mode.isSerial() || counts.get(Kind.MAJOR) >= 3, counts.toString());
        }
    }

    @Test
    void shouldCollectAtNextSafepointWhenLargeObjectWasAllocated() {
        try (TestHeap t = new TestHeap(HeapMode.PRIVATE_COW.context().stressBytes(100_000))) {
            final Mutator m = t.mutator;
            m.begin();
            m.push(m.allocate(t.blob, 200_000));
            assertTrue(m.inspect().isYoung(m.root(0)));
            m.safepoint();
            assertTrue(m.inspect().isOverflow(m.root(0)));
            m.commit();
        }
    }

    @Test
    void shouldRollBackOnlyWhatConflictsWhenForcedReshareFindsIt() {
        try (TestHeap t = new TestHeap(HeapMode.MMAP_FIXED.context().stressBytes(STRESS_BYTES).verify(true))) {
            t.mutator.atomicallyDo(m -> t.pushList(m, 1));
            final long pair = t.mutator.root(0);
            t.other.begin();
            t.other.getLong(pair, t.value);
            t.other.park();
            t.mutator.atomicallyDo(m -> m.putLong(pair, t.value, 5));
            t.mutator.atomicallyDo(m -> t.pushList(m, 200));
            t.mutator.atomicallyDo(m -> t.pushList(m, 200));
            assertThrows(TransactionAbortedException.class, () -> t.other.unpark());
            t.other.atomicallyDo(m -> assertEquals(5, m.getLong(pair, t.value)));
        }
    }

    @Test
    void shouldRefuseNegativeStressFactor() {
        final IllegalArgumentException e = assertThrows(IllegalArgumentException.class,
            () -> SegmentHeap.open(new HeapContext().stressBytes(-1)));
        assertEquals("stress factor must not be negative: stressBytes=-1", e.getMessage());
    }
}

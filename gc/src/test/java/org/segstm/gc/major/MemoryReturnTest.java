package org.segstm.gc.major;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.segstm.gc.HeapMode;
import org.segstm.gc.TestHeap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Free pages are joined, go back to the system, and come back as zeroes. */
@Timeout(60)
class MemoryReturnTest {
    private static final int BLOBS = 20;
    private static final int BLOB_BYTES = 1 << 20;

    @ParameterizedTest
    @EnumSource(HeapMode.class)
    void shouldReturnMemoryToTheSystemWhenObjectsDie(final HeapMode mode) {
        try (TestHeap t = new TestHeap(mode)) {
            ReachabilityTest.promote(t, m -> t.pushList(m, 300_000));
            t.heap.reshare();
            assertTrue(t.heap.statistics().fileBytes() >= 300_000 * 32);
            t.mutator.pop();
            t.heap.collectMajor();
            assertTrue(t.heap.statistics().fileBytes() < 64 << 10, "fileBytes=" + t.heap.statistics().fileBytes());
            ReachabilityTest.promote(t, m -> t.pushList(m, 300_000));
            t.mutator.begin();
            assertEquals(300_000, t.checkedLength(t.mutator, t.mutator.root(0)));
            t.mutator.commit();
        }
    }

    @ParameterizedTest
    @EnumSource(HeapMode.class)
    void shouldJoinFreeRunsWhenLargeNeighboursDieOneAfterTheOther(final HeapMode mode) {
        try (TestHeap t = new TestHeap(mode)) {
            ReachabilityTest.promote(t, m -> {
                m.push(m.allocate(t.array, BLOBS));
                for (int i = 0; i < BLOBS; i++) {
                    m.putRefAt(m.root(0), i, m.allocate(t.blob, BLOB_BYTES));
                }
            });
            for (int rest = 0; rest < 2; rest++) {
                final int first = rest;
                t.mutator.atomicallyDo(m -> {
                    for (int i = first; i < BLOBS; i += 2) {
                        m.putRefAt(m.root(0), i, 0);
                    }
                });
                t.heap.collectMajor();
            }
            assertTrue(t.usedBytes() < 1 << 20, "used=" + t.usedBytes());
            ReachabilityTest.promote(t, m -> m.push(m.allocate(t.blob, BLOBS * BLOB_BYTES)));
            t.mutator.begin();
            assertEquals(BLOBS * BLOB_BYTES, t.mutator.length(t.mutator.root(1)));
            t.mutator.commit();
        }
    }

    @ParameterizedTest
    @EnumSource(HeapMode.class)
    void shouldHandOutZeroesWhenMemoryWasUsedBefore(final HeapMode mode) {
        try (TestHeap t = new TestHeap(mode)) {
            for (int round = 0; round < 3; round++) {
                final int bytes = 100_000 + round * 5000;
                ReachabilityTest.promote(t, m -> {
                    final long blob = m.allocate(t.blob, bytes);
                    for (int i = 0; i < bytes; i++) {
                        assertEquals(0, m.getByteAt(blob, i));
                        m.putByteAt(blob, i, (byte) -1);
                    }
                    m.push(blob);
                });
                t.mutator.pop();
                if (round == 1) {
                    // The run that becomes free now joins one that is known to be zero.
                    ReachabilityTest.promote(t, m -> m.push(m.allocate(t.blob, 3 * bytes)));
                    t.mutator.pop();
                }
                t.heap.collectMajor();
            }
        }
    }
}

package org.segstm.gc.open;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.segstm.heap.HeapContext;
import org.segstm.heap.HeapStatistics;
import org.segstm.heap.Mutator;
import org.segstm.heap.SegmentHeap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

@Timeout(60)
class ManyMutatorsTest {
    private static final int MUTATORS = 1500;
    private static final int MOST_ROWS = 1002;

    @Test
    void shouldForgetClosedMutatorsButNotWhatTheyDid() {
        try (SegmentHeap heap = SegmentHeap.open(new HeapContext().segments(2).heapBytes(1 << 20));
            Mutator lasting = heap.attachMutator("lasting")) {
            lasting.atomicallyDo(m -> m.push(0));
            for (int i = 0; i < MUTATORS; i++) {
                try (Mutator mutator = heap.attachMutator("short " + i)) {
                    mutator.atomicallyDo(m -> m.push(0));
                }
            }
            final HeapStatistics statistics = heap.statistics();
            assertEquals(MUTATORS + 1, statistics.total().committed());
            assertTrue(statistics.mutators().size() <= MOST_ROWS, "rows=" + statistics.mutators().size());
            assertEquals("earlier mutators", statistics.mutators().get(0).name());
            assertEquals("lasting", statistics.mutators().get(1).name());
        }
    }
}

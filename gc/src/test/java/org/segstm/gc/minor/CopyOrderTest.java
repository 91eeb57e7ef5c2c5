package org.segstm.gc.minor;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.segstm.gc.HeapMode;
import org.segstm.gc.TestHeap;
import org.segstm.heap.Mutator;

import java.util.ArrayList;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Where survivors lie: in the order in which a program that follows refs, the first one first, meets them. */
@Timeout(30)
class CopyOrderTest {
    private static final int DEPTH = 6;
    private static final int MOST_BLOCK_ENDS = 4;

    private static long newTree(final TestHeap t, final Mutator m, final int depth) {
        final long ref = m.allocate(t.array, 2);
        if (depth > 0) {
            m.putRefAt(ref, 0, newTree(t, m, depth - 1));
            m.putRefAt(ref, 1, newTree(t, m, depth - 1));
        }
        return ref;
    }

    /** Both children of a node are copied together, then what the first one leads to. */
    private static void walk(final Mutator m, final long ref, final List<Long> met) {
        final long first = m.getRefAt(ref, 0);
        final long second = m.getRefAt(ref, 1);
        if (first != 0) {
            met.add(first);
            met.add(second);
            walk(m, first, met);
            walk(m, second, met);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldCopyDepthFirstAndTheFirstChildFirst(final HeapMode mode) {
        try (TestHeap t = new TestHeap(mode)) {
            final Mutator m = t.mutator;
            m.begin();
            m.push(newTree(t, m, DEPTH));
            m.collectNursery();
            final List<Long> met = new ArrayList<>(List.of(m.root(0)));
            walk(m, m.root(0), met);
            assertEquals((1 << DEPTH + 1) - 1, met.size());
            final long bytes = met.get(1) - met.get(0);
            int gaps = 0;
            for (int i = 1; i < met.size(); i++) {
                gaps += met.get(i) - met.get(i - 1) == bytes ? 0 : 1;
            }
            assertTrue(gaps <= MOST_BLOCK_ENDS, met::toString);
            m.commit();
        }
    }
}

package org.segstm.gc.minor;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.segstm.gc.HeapMode;
import org.segstm.gc.TestHeap;
import org.segstm.heap.Mutator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Copy on write: promoting one object makes the unit private in which another one, promoted through the base, is just
 * being scanned.
 *
 * <pre>
 *  unit 0, shared                  | unit 1, private as c is written
 *  a a a a a a a a a a a x x x y y | y y y y c c c c c c c c c c c c      x and y go into the hole that b left
 * </pre>
 */
@Timeout(30)
class UnitStraddlingTest {
    private static final long PAGE_BYTES = 4096;
    private static final long UNIT_BYTES = 16 * PAGE_BYTES;

    @Test
    void shouldKeepObjectInOneViewWhenItsUnitBecomesPrivateDuringScan() {
        try (TestHeap t = new TestHeap(HeapMode.PRIVATE_COW.context().unitBytes(UNIT_BYTES))) {
            final Mutator m = t.mutator;
            m.begin();
            final long a = m.allocate(t.array, length(11));
            final long b = m.allocate(t.array, length(9));
            final long c = m.allocate(t.array, length(12));
            assertEquals(11 * PAGE_BYTES, b - a, "the hole starts in unit 0");
            assertEquals(0, (c - a) / UNIT_BYTES - 1, "and ends in unit 1");
            m.push(a);
            m.push(c);
            m.commit();
            t.heap.reshare();
            m.begin();
            m.putLong(c, t.number, 1);
            assertTrue(m.inspect().isPagePrivate(c));
            assertFalse(m.inspect().isPagePrivate(b));
            final long x = m.allocate(t.array, length(3));
            final long y = m.allocate(t.array, length(6));
            m.putRefAt(x, 0, t.newPair(m, 10, 0));
            m.putRefAt(x, 1, y);
            m.putRefAt(x, 2, t.newPair(m, 12, 0));
            m.putLong(y, t.number, 11);
            assertTrue(m.inspect().isYoung(x) && m.inspect().isYoung(y));
            m.push(x);
            m.collectNursery();
            final long promoted = m.root(2);
            assertEquals(b, promoted);
            assertEquals(b + 3 * PAGE_BYTES, m.getRefAt(promoted, 1));
            assertTrue(m.inspect().isPagePrivate(b), "the neighbour made it private");
            check(t, m, promoted);
            m.commit();
            t.other.begin();
            check(t, t.other, promoted);
            t.other.commit();
        }
    }

    private static void check(final TestHeap t, final Mutator m, final long x) {
        assertEquals(10, m.getLong(m.getRefAt(x, 0), t.value));
        assertEquals(11, m.getLong(m.getRefAt(x, 1), t.number));
        assertEquals(12, m.getLong(m.getRefAt(x, 2), t.value));
    }

    /** Length of an array that needs so many pages, whatever its fixed fields are. */
    private static long length(final int pages) {
        return pages * PAGE_BYTES / 8 - 64;
    }
}

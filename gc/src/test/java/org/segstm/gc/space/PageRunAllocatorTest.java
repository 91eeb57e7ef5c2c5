package org.segstm.gc.space;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

@Timeout(60)
class PageRunAllocatorTest {
    private static final int PAGES = 300;

    @Test
    void shouldAgreeWithModelWhenRunsComeAndGoAtRandom() {
        for (int round = 0; round < 60; round++) {
            final long seed = System.nanoTime() + round;
            try {
                compareWithModel(new Random(seed));
            } catch (final Throwable e) {
                throw new AssertionError("seed=" + seed, e);
            }
        }
    }

    private static void compareWithModel(final Random random) {
        final PageRunAllocator allocator = new PageRunAllocator(PAGES);
        final BitSet used = new BitSet();
        final BitSet touched = new BitSet();
        final List<long[]> runs = new ArrayList<>();
        final int largest = 1 + random.nextInt(60);
        for (int step = 0; step < 2000; step++) {
            if (runs.isEmpty() || random.nextInt(100) < 55) {
                allocateInBoth(allocator, used, touched, runs, 1 + random.nextInt(largest));
            } else {
                freePartInBoth(allocator, used, runs, random);
            }
            assertEquals(used.cardinality(), allocator.usedPages());
            assertEquals(longestClearRun(used), allocator.largestFreeRun());
            assertEquals(touched.length(), allocator.firstUntouched());
            assertEquals(clearRuns(used, touched.length()), allocator.freeRuns());
        }
        runs.forEach(r -> allocator.free(r[0], r[1]));
        assertEquals(PAGES, allocator.largestFreeRun());
        assertEquals(0, allocator.usedPages());
    }

    private static void allocateInBoth(
        final PageRunAllocator allocator, final BitSet used, final BitSet touched, final List<long[]> runs,
        final int pages) {
        final int longest = longestClearRun(used);
        final long run = allocator.allocate(pages);
        if (pages > longest) {
            assertEquals(PageRun.NONE, run);
            return;
        }
        final int start = (int) PageRun.startPage(run);
        assertTrue(start + pages <= PAGES);
        assertEquals(0, used.get(start, start + pages).cardinality(), "handed out twice");
        final int dirty = (int) PageRun.dirtyPages(run);
        assertEquals(0, touched.get(start + dirty, start + pages).cardinality(), "touched page called zero");
        used.set(start, start + pages);
        touched.set(0, Math.max(touched.length(), start + pages));
        runs.add(new long[] {start, pages});
    }

    /** The major collector frees whatever part of a run it likes. */
    private static void freePartInBoth(
        final PageRunAllocator allocator, final BitSet used, final List<long[]> runs, final Random random) {
        final long[] run = runs.remove(random.nextInt(runs.size()));
        final int skipped = random.nextInt((int) run[1]);
        final int freed = 1 + random.nextInt((int) run[1] - skipped);
        allocator.free(run[0] + skipped, freed);
        used.clear((int) run[0] + skipped, (int) run[0] + skipped + freed);
        if (skipped > 0) {
            runs.add(new long[] {run[0], skipped});
        }
        if (skipped + freed < run[1]) {
            runs.add(new long[] {run[0] + skipped + freed, run[1] - skipped - freed});
        }
    }

    private static int longestClearRun(final BitSet used) {
        int longest = 0;
        for (int start = used.nextClearBit(0); start < PAGES;) {
            final int next = used.nextSetBit(start);
            final int end = next < 0 ? PAGES : next;
            longest = Math.max(longest, end - start);
            start = used.nextClearBit(end);
        }
        return longest;
    }

    private static int clearRuns(final BitSet used, final int limit) {
        int runs = 0;
        for (int start = used.nextClearBit(0); start < limit;) {
            runs++;
            final int next = used.nextSetBit(start);
            start = next < 0 ? limit : used.nextClearBit(next);
        }
        return runs;
    }

    @Test
    void shouldJoinNeighboursWhenFreedInAnyOrder() {
        final PageRunAllocator allocator = new PageRunAllocator(10);
        for (int i = 0; i < 10; i++) {
            assertEquals(i, PageRun.startPage(allocator.allocate(1)));
        }
        for (final int page : new int[] {1, 7, 3, 9, 5, 0, 8, 2, 6, 4}) {
            allocator.free(page, 1);
        }
        assertEquals(1, allocator.freeRuns());
        assertEquals(10, allocator.largestFreeRun());
        assertEquals(PageRun.of(0, 10), allocator.allocate(10));
    }

    @Test
    void shouldTakeSmallestFittingRunWhenThereAreSeveral() {
        final PageRunAllocator allocator = new PageRunAllocator(100);
        final long large = allocator.allocate(10);
        allocator.allocate(1);
        final long small = allocator.allocate(4);
        allocator.allocate(1);
        allocator.free(PageRun.startPage(large), 10);
        allocator.free(PageRun.startPage(small), 4);
        assertEquals(PageRun.startPage(small), PageRun.startPage(allocator.allocate(3)));
        assertEquals(PageRun.startPage(large), PageRun.startPage(allocator.allocate(5)));
    }

    @Test
    void shouldPreferUsedPagesWhenUntouchedOnesAreThere() {
        final PageRunAllocator allocator = new PageRunAllocator(100);
        allocator.allocate(8);
        allocator.free(2, 3);
        assertEquals(PageRun.of(2, 2), allocator.allocate(2));
        assertEquals(8, allocator.firstUntouched());
    }

    @Test
    void shouldJoinFreeRunWithUntouchedPagesWhenNothingElseIsLongEnough() {
        final PageRunAllocator allocator = new PageRunAllocator(100);
        allocator.allocate(90);
        allocator.free(85, 5);
        assertEquals(15, allocator.largestFreeRun());
        assertEquals(PageRun.of(85, 5), allocator.allocate(15));
        assertEquals(PageRun.NONE, allocator.allocate(1));
    }

    @Test
    void shouldRefuseWhenPagesAreNotInUse() {
        final PageRunAllocator allocator = new PageRunAllocator(100);
        allocator.allocate(10);
        allocator.free(4, 2);
        final IllegalStateException twice = assertThrows(IllegalStateException.class, () -> allocator.free(5, 1));
        assertEquals("only pages in use can be freed: startPage=5 pages=1", twice.getMessage());
        assertThrows(IllegalStateException.class, () -> allocator.free(3, 2));
        assertThrows(IllegalStateException.class, () -> allocator.free(9, 2));
        assertThrows(IllegalStateException.class, () -> allocator.free(-1, 1));
        assertEquals(8, allocator.usedPages());
    }

    @Test
    void shouldRefuseWhenSizesAreOutOfRange() {
        assertEquals("pages must be from 1 to 2147483647: totalPages=0",
            assertThrows(IllegalArgumentException.class, () -> new PageRunAllocator(0)).getMessage());
        final PageRunAllocator allocator = new PageRunAllocator(100);
        assertEquals("a run has at least one page: pages=0",
            assertThrows(IllegalArgumentException.class, () -> allocator.allocate(0)).getMessage());
        assertEquals(PageRun.NONE, allocator.allocate(101));
        assertEquals(PageRun.NONE, allocator.allocate(Long.MAX_VALUE));
        assertEquals(100, PageRun.dirtyPages(PageRun.of(PageRun.MAXIMUM_PAGES, 100)));
        assertEquals(PageRun.MAXIMUM_PAGES, PageRun.startPage(PageRun.of(PageRun.MAXIMUM_PAGES, 100)));
    }

    @Test
    void shouldShowRunsInOrderWhenVisited() {
        final PageRunAllocator allocator = new PageRunAllocator(100);
        allocator.allocate(50);
        allocator.free(30, 5);
        allocator.free(10, 2);
        final List<String> seen = new ArrayList<>();
        allocator.forEachFreeRun((start, pages) -> seen.add(start + "+" + pages));
        assertEquals(List.of("10+2", "30+5"), seen);
    }
}

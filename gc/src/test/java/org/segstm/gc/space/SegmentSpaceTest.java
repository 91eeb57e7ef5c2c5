package org.segstm.gc.space;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.segstm.heap.OutOfHeapException;
import org.segstm.heap.segment.SegmentMap;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

@Timeout(60)
class SegmentSpaceTest {
    private static final long HEAP_BYTES = 4 << 20;
    private final SegmentMap map = new SegmentMap(1 << 16, HEAP_BYTES);
    private final OldSpace space = new OldSpace(map, 2);
    private final SegmentSpace first = new SegmentSpace(space, 1, true);
    private final SegmentSpace second = new SegmentSpace(space, 2, true);

    @AfterEach
    void close() {
        space.close();
    }

    @Test
    void shouldNeverOverlapWhenSegmentsAllocateAndFreeAtRandom() {
        for (int round = 0; round < 20; round++) {
            final long seed = System.nanoTime() + round;
            try (OldSpace fresh = new OldSpace(map, 2)) {
                allocateAtRandom(new Random(seed), fresh);
            } catch (final Throwable e) {
                throw new AssertionError("seed=" + seed, e);
            }
        }
    }

    private static void allocateAtRandom(final Random random, final OldSpace space) {
        final SegmentSpace[] segments = {new SegmentSpace(space, 1, true), new SegmentSpace(space, 2, true)};
        final TreeMap<Long, Long> endByRef = new TreeMap<>();
        final List<List<Long>> owned = List.of(new ArrayList<>(), new ArrayList<>());
        for (int step = 0; step < 5000; step++) {
            final int s = random.nextInt(2);
            if (random.nextInt(100) < 60 || owned.get(s).isEmpty()) {
                final long bytes = 16L << random.nextInt(12) | 16L * random.nextInt(8);
                tryAllocate(segments[s], bytes, endByRef, owned.get(s));
            } else {
                final long ref = owned.get(s).remove(random.nextInt(owned.get(s).size()));
                segments[s].free(ref);
                endByRef.remove(ref);
                assertFalse(space.bitmap().isSet(ref));
            }
        }
        for (int s = 0; s < 2; s++) {
            owned.get(s).forEach(segments[s]::free);
            segments[s].rollback();
        }
        assertEquals(0, space.usedBytes());
    }

    private static void tryAllocate(
        final SegmentSpace segment, final long bytes, final TreeMap<Long, Long> endByRef, final List<Long> owned) {
        final long ref;
        try {
            ref = segment.allocate(bytes);
        } catch (final OutOfHeapException e) {
            return;
        }
        assertEquals(0, ref & 15);
        final Map.Entry<Long, Long> before = endByRef.floorEntry(ref);
        final Map.Entry<Long, Long> after = endByRef.ceilingEntry(ref);
        assertTrue(before == null || before.getValue() <= ref);
        assertTrue(after == null || after.getKey() >= ref + bytes);
        assertTrue(segment.space().bitmap().isSet(ref));
        endByRef.put(ref, ref + bytes);
        owned.add(ref);
    }

    @Test
    void shouldUseEveryPageWhenHeapIsFilledWithOneSize() {
        for (final long bytes : new long[] {16, 48, 1024, 4096, 20_000}) {
            final List<Long> refs = fill(first, bytes);
            assertTrue(refs.size() * bytes > HEAP_BYTES * 8 / 10, "bytes=" + bytes + " objects=" + refs.size());
            freeAll(first, refs);
            assertEquals(0, space.usedBytes(), "bytes=" + bytes);
        }
    }

    @Test
    void shouldTellFiguresAndRemedyWhenHeapIsFull() {
        fill(first, 4096);
        final OutOfHeapException e = assertThrows(OutOfHeapException.class, () -> second.allocate(100_000));
        assertEquals("out of heap (raise segstm.heap or keep fewer objects alive): requested=100000 used=4m live=0"
            + " soft=4m heap=4m largestFreeRun=0", e.getMessage());
    }

    @Test
    void shouldServeOtherSegmentsAndSizesWhenFullHeapWasRolledBack() {
        final List<Long> refs = fill(first, 32);
        assertThrows(OutOfHeapException.class, () -> second.allocate(100_000));
        freeAll(first, refs);
        second.allocate(HEAP_BYTES / 2);
        assertFalse(fill(second, 64).isEmpty());
    }

    @Test
    void shouldKeepBlocksWhenOnlyPartOfThemWasRolledBack() {
        final long kept = first.allocate(32);
        first.commit();
        final long before = space.usedBytes();
        final List<Long> refs = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            refs.add(first.allocate(32));
        }
        assertNotEquals(before, space.usedBytes());
        freeAll(first, refs);
        assertEquals(before, space.usedBytes());
        assertTrue(space.bitmap().isSet(kept));
        assertEquals(new HashSet<>(refs.subList(0, 200)), allocateMany(first, 32, 200), "freed slots come first");
    }

    @Test
    void shouldReuseFreedSlotsWhenHeapIsFull() {
        final List<Long> refs = fill(first, 4096);
        first.commit();
        final Set<Long> freed = new HashSet<>();
        for (int i = 0; i < refs.size(); i += 2) {
            first.free(refs.get(i));
            freed.add(refs.get(i));
        }
        assertEquals(freed, new HashSet<>(fill(first, 4096)));
    }

    @Test
    void shouldFillHolesBetweenLargeObjectsWhenHeapIsFragmented() {
        final List<Long> large = fill(first, 8192 + 16);
        for (int i = 1; i < large.size() - 1; i += 2) {
            first.free(large.get(i));
        }
        assertEquals(3 * 4096, HeapPage.bytesIn(space.runs().largestFreeRun()));
        final List<Long> small = fill(second, 64);
        assertTrue(small.size() >= (large.size() / 2 - 1) * 3 * 64, "objects=" + small.size());
        assertEquals(0, space.runs().largestFreeRun());
    }

    @Test
    void shouldHandOutInAddressOrderWhenBlockIsNew() {
        long last = first.allocate(48);
        for (int i = 1; i < 85; i++) {
            final long ref = first.allocate(48);
            assertEquals(last + 48, ref);
            last = ref;
        }
        assertEquals(HeapPage.BYTES_IN_PAGE, first.allocate(48) - map.oldStart(), "slots keep to pages");
    }

    @Test
    void shouldHandOutInSameOrderWhenRolledBack() {
        first.allocate(48);
        first.commit();
        final List<Long> before = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            before.add(first.allocate(48));
        }
        freeAll(first, before);
        for (final long ref : before) {
            assertEquals(ref, first.allocate(48));
        }
    }

    @Test
    void shouldSayDirtyBytesWhenPagesWereUsedBefore() {
        final long run = first.allocateLarge(100_000);
        assertEquals(0, SegmentSpace.dirtyBytesOf(run));
        first.free(first.refOf(run));
        assertEquals(25 * 4096, SegmentSpace.dirtyBytesOf(first.allocateLarge(100_000)));
    }

    private static List<Long> fill(final SegmentSpace segment, final long bytes) {
        final List<Long> refs = new ArrayList<>();
        try {
            while (true) {
                refs.add(segment.allocate(bytes));
            }
        } catch (final OutOfHeapException e) {
            return refs;
        }
    }

    private static Set<Long> allocateMany(final SegmentSpace segment, final long bytes, final int count) {
        final Set<Long> refs = new HashSet<>();
        for (int i = 0; i < count; i++) {
            refs.add(segment.allocate(bytes));
        }
        return refs;
    }

    private static void freeAll(final SegmentSpace segment, final List<Long> refs) {
        final List<Long> backwards = new ArrayList<>(refs);
        Collections.reverse(backwards);
        backwards.forEach(segment::free);
        segment.rollback();
    }
}

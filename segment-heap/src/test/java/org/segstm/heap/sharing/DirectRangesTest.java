package org.segstm.heap.sharing;

import org.junit.jupiter.api.Test;
import org.segstm.bridge.NativeCallException;
import org.segstm.bridge.Reservation;

import java.util.BitSet;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Which ranges of a view are direct, and what was asked of the system for it. */
class DirectRangesTest {
    private static final int SEGMENT = 2;
    private static final int UNITS = 400;
    private static final long MANY_MAPPINGS = 1 << 20;

    private final Mappings mappings = new Mappings();
    private final DirectRanges ranges = new DirectRanges(mappings, SEGMENT, MANY_MAPPINGS);

    @Test
    void shouldBeLiveUntilTheTransactionIsOver() {
        assertEquals(20, ranges.open(10, 20));
        assertTrue(ranges.isLive(10));
        assertTrue(ranges.isLive(19));
        assertFalse(ranges.isLive(9));
        assertFalse(ranges.isLive(20));
        ranges.settle();
        assertFalse(ranges.isLive(10));
        assertTrue(ranges.contains(10));
        assertEquals(range(10, 20), mappings.direct);
    }

    @Test
    void shouldMapNothingWhenUnitsAreDirectAlready() {
        ranges.open(10, 20);
        ranges.open(12, 15);
        ranges.settle();
        ranges.open(8, 22);
        assertEquals(3, mappings.calls, "once, and what was missing at both ends");
        assertEquals(range(8, 22), mappings.direct);
        assertTrue(ranges.isLive(15));
    }

    @Test
    void shouldLeaveTheRestOfAnOldRangeStaleWhenItsMiddleIsOpenedAgain() {
        ranges.open(10, 40);
        ranges.settle();
        ranges.open(20, 30);
        assertFalse(ranges.isLive(19));
        assertTrue(ranges.isLive(20));
        assertFalse(ranges.isLive(30));
        assertEquals(30, ranges.startOf(35));
        assertEquals(40, ranges.endOf(35));
        ranges.close(12);
        assertEquals(range(20, 40), mappings.direct);
    }

    @Test
    void shouldCloseTheOldestWhenTheTableIsFull() {
        final DirectRanges few = new DirectRanges(mappings, SEGMENT, 8);
        for (int i = 0; i < 3; i++) {
            assertEquals(10 * i + 5, few.open(10 * i, 10 * i + 5));
            few.settle();
        }
        assertTrue(few.contains(0));
        assertEquals(35, few.open(30, 35));
        assertFalse(few.contains(0));
        assertTrue(few.contains(10));
        assertFalse(mappings.direct.get(0));
    }

    @Test
    void shouldOpenNothingWhenTheTableIsFullOfLiveOnes() {
        final DirectRanges few = new DirectRanges(mappings, SEGMENT, 8);
        for (int i = 0; i < 3; i++) {
            few.open(10 * i, 10 * i + 5);
        }
        assertEquals(90, few.open(90, 95));
        few.settle();
        assertEquals(95, few.open(90, 95));
        assertEquals(1, new DirectRanges(mappings, SEGMENT, 2).open(1, 3));
    }

    @Test
    void shouldKeepAllThatALongTransactionOpensAndFewOfThemAfterwards() {
        for (int i = 0; i < 2000; i++) {
            assertEquals(10 * i + 5, ranges.open(10 * i, 10 * i + 5));
        }
        for (int i = 0; i < 2000; i++) {
            assertTrue(ranges.isLive(10 * i + 4));
            assertFalse(ranges.isLive(10 * i + 5));
        }
        ranges.settle();
        for (int i = 0; i < 2000; i++) {
            final int calls = mappings.calls + mappings.closes;
            assertEquals(30_005, ranges.open(30_000, 30_005));
            assertTrue(mappings.calls + mappings.closes - calls <= 3, "no opening pays for all of them");
            ranges.settle();
        }
        assertTrue(mappings.direct.cardinality() / 5 <= 64, mappings.direct.toString());
    }

    @Test
    void shouldOpenNoMoreThanItMayWhenNoneIsStale() {
        for (int i = 0; i < 5000; i++) {
            final boolean opened = ranges.open(10 * i, 10 * i + 5) != 10 * i;
            assertEquals(i < 4095, opened, "range " + i);
        }
        assertEquals(5 * 4095, mappings.direct.cardinality());
    }

    @Test
    void shouldUseOnePlaceInTheTableWhenLiveOnesJoin() {
        final DirectRanges few = new DirectRanges(mappings, SEGMENT, 8);
        for (int i = 0; i < 50; i++) {
            assertEquals(5 * i + 5, few.open(5 * i, 5 * i + 5));
        }
        for (int i = 0; i < 50; i++) {
            assertEquals(7 * i + 9, few.open(7 * i, 7 * i + 9));
        }
        assertEquals(0, few.startOf(100));
        assertEquals(352, few.endOf(100));
        assertEquals(range(0, 352), mappings.direct);
        few.settle();
        few.open(352, 360);
        assertFalse(few.isLive(351));
        assertEquals(352, few.startOf(355), "a stale one is not joined");
    }

    @Test
    void shouldKeepTheRestWhenOneUnitIsTakenOut() {
        ranges.open(10, 20);
        assertTrue(ranges.isLive(15));
        assertTrue(ranges.closeOnly(15));
        assertFalse(ranges.contains(15));
        assertTrue(ranges.isLive(14));
        assertTrue(ranges.isLive(16));
        assertTrue(ranges.closeOnly(10));
        assertTrue(ranges.closeOnly(19));
        final BitSet left = range(11, 19);
        left.clear(15);
        assertEquals(left, mappings.direct);

        final DirectRanges few = new DirectRanges(mappings, SEGMENT, 4);
        few.open(30, 40);
        assertTrue(few.closeOnly(35));
        assertFalse(few.closeOnly(32));
        assertTrue(few.isLive(32));
    }

    @Test
    void shouldTellHowFarItCameWhenTheSystemRefuses() {
        ranges.open(10, 20);
        ranges.settle();
        mappings.refusedFrom = 20;
        assertEquals(20, ranges.open(5, 30));
        assertTrue(ranges.isLive(5));
        assertFalse(ranges.contains(20));
        mappings.refusedFrom = 0;
        assertEquals(50, ranges.open(50, 60));
        assertFalse(ranges.contains(50));
        assertEquals(range(5, 20), mappings.direct);
    }

    @Test
    void shouldAgreeWithAModelWhenUsedAtRandom() {
        for (int seed = 0; seed < 200; seed++) {
            final Random random = new Random(seed);
            final Mappings own = new Mappings();
            final DirectRanges some = new DirectRanges(own, SEGMENT, 2 * (random.nextInt(20) + 2));
            final BitSet live = new BitSet();
            for (int step = 0; step < 300; step++) {
                final int first = random.nextInt(UNITS - 60);
                final int end = first + 1 + random.nextInt(60);
                switch (random.nextInt(5)) {
                    case 0, 1 -> live.set(first, (int) some.open(first, end));
                    case 2 -> {
                        if (some.contains(first)) {
                            live.clear((int) some.startOf(first), (int) some.endOf(first));
                            some.close(first);
                        }
                    }
                    case 3 -> {
                        if (some.contains(first) && some.closeOnly(first)) {
                            live.clear(first);
                        }
                    }
                    default -> {
                        if (random.nextInt(3) == 0) {
                            some.settle();
                            live.clear();
                        }
                    }
                }
                for (int unit = 0; unit < UNITS; unit++) {
                    final String where = "seed=" + seed + " step=" + step + " unit=" + unit;
                    assertEquals(live.get(unit), some.isLive(unit), where);
                    assertEquals(own.direct.get(unit), some.contains(unit), where);
                }
            }
        }
    }

    @Test
    void shouldRefuseDirectRangesWhereStoresReachTheBaseAnyway() {
        final SharingStrategy remapping = new RemappingSharing(null, false);
        assertThrows(UnsupportedOperationException.class, () -> remapping.mapDirect(1, 0, 1));
        assertThrows(UnsupportedOperationException.class, () -> remapping.mapCopyOnWrite(1, 0, 1));
    }

    private static BitSet range(final int first, final int end) {
        final BitSet units = new BitSet();
        units.set(first, end);
        return units;
    }

    /** What the system would have mapped. */
    private static final class Mappings implements SharingStrategy {
        private final BitSet direct = new BitSet();
        private int calls;
        private int closes;
        private long refusedFrom = Long.MAX_VALUE;

        @Override
        public void mapOldSpace(final int segment) {
            throw new AssertionError();
        }

        @Override
        public void privatize(final int segment, final long unit, final long units) {
            throw new AssertionError();
        }

        @Override
        public boolean share(final int segment, final long unit, final long units) {
            throw new AssertionError();
        }

        @Override
        public void mapDirect(final int segment, final long unit, final long units) {
            assertEquals(SEGMENT, segment);
            if (unit >= refusedFrom) {
                throw assertThrows(NativeCallException.class, () -> Reservation.reserve(1L << 60, 4096));
            }
            calls++;
            direct.set((int) unit, (int) (unit + units));
        }

        @Override
        public void mapCopyOnWrite(final int segment, final long unit, final long units) {
            assertEquals(SEGMENT, segment);
            closes++;
            direct.clear((int) unit, (int) (unit + units));
        }

        @Override
        public boolean sharedStoresReachBase() {
            return false;
        }

        @Override
        public boolean usesMappingPerRun() {
            return false;
        }
    }
}

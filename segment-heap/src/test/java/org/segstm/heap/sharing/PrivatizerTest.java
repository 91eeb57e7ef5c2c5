package org.segstm.heap.sharing;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.segstm.bridge.NativeCallException;
import org.segstm.heap.OutOfMappingsException;
import org.segstm.heap.segment.SegmentMap;
import org.segstm.heap.util.LongList;

import java.util.BitSet;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Who holds what, in how many runs, with a strategy that maps nothing. */
@Timeout(60)
class PrivatizerTest {
    private static final int SEGMENTS = 3;
    private static final long UNIT_BYTES = 4096;
    private static final long MANY = 1_000_000;

    private final SegmentMap map = new SegmentMap(64 << 10, 16 << 20);
    private final PageTable pages = new PageTable(map, UNIT_BYTES);
    private final LongList made = new LongList();
    private boolean refusing;
    /** So many calls find no mapping. */
    private int refusals;
    private final NativeCallException refusal = MappingBudgetTest.refusal();

    @AfterEach
    void close() {
        pages.close();
    }

    private Privatizer privatizer(final boolean mappingPerRun, final long maximumRuns) {
        final Privatizer privatizer = new Privatizer(pages, new NoStrategy(mappingPerRun), budget(maximumRuns));
        privatizer.usedUnits(pages::units);
        return privatizer;
    }

    private static MappingBudget budget(final long maximumRuns) {
        return new MappingBudget(maximumRuns, () -> 0, 0);
    }

    private static int runsIn(final BitSet units) {
        int runs = 0;
        for (int u = units.nextSetBit(0); u >= 0; u = units.nextSetBit(units.nextClearBit(u))) {
            runs++;
        }
        return runs;
    }

    @Test
    void shouldAnnounceUnitWhenMadePrivate() {
        final Privatizer privatizer = privatizer(false, MANY);
        privatizer.privatize(2, 5, made);
        assertEquals(1, made.size());
        assertEquals(5, made.get(0));
        assertEquals(Privatizer.bitOf(2), pages.holders(5));
        assertTrue(pages.isPrivate(5, Privatizer.bitOf(2)));
        assertFalse(pages.isPrivate(5, Privatizer.bitOf(1)));
        assertEquals(0, pages.holders(4) | pages.holders(6));
    }

    @Test
    void shouldWithdrawWhenStrategyRefuses() {
        final Privatizer privatizer = privatizer(true, MANY);
        privatizer.privatize(1, 7, made);
        refusing = true;
        assertThrows(UnsupportedOperationException.class, () -> privatizer.privatize(1, 8, made));
        assertEquals(0, pages.holders(8));
        assertEquals(1, made.size());
        assertEquals(1, privatizer.privateUnits());
        assertEquals(1, privatizer.privateRuns());
    }

    @Test
    void shouldTryAgainWithReserveWhenThereIsNoMapping() {
        try (MappingBudget budget = new MappingBudget(MANY, () -> 0, 1 << 16)) {
            final Privatizer privatizer = new Privatizer(pages, new NoStrategy(true), budget);
            privatizer.usedUnits(pages::units);
            privatizer.privatize(1, 7, made);
            refusals = 1;
            privatizer.privatize(1, 9, made);
            assertEquals(0, budget.reservedMappings());
            assertEquals(2, privatizer.privateUnits());
            assertEquals(2, privatizer.privateRuns());
            privatizer.privatize(1, 100, made);
            assertEquals(1, privatizer.privateRuns());
            assertEquals(pages.units(), privatizer.privateUnits());
        }
    }

    @Test
    void shouldSaySoWhenThereIsNoMappingInTheEnd() {
        final Privatizer privatizer = privatizer(true, MANY);
        privatizer.privatize(1, 7, made);
        refusals = 2;
        final OutOfMappingsException e =
            assertThrows(OutOfMappingsException.class, () -> privatizer.privatize(1, 9, made));
        assertSame(refusal, e.getCause());
        assertEquals(0, pages.holders(9));
        assertEquals(1, made.size());
        assertEquals(1, privatizer.privateRuns());
    }

    @Test
    void shouldKeepUnitsPrivateWhenThereIsNoMappingToShareThem() {
        final Privatizer privatizer = privatizer(true, MANY);
        privatizer.privatize(1, 7, made);
        refusals = 2;
        assertFalse(privatizer.share(1, 7, 1));
        assertTrue(pages.isPrivate(7, Privatizer.bitOf(1)));
        assertEquals(1, privatizer.privateRuns());
        refusals = 1;
        assertTrue(privatizer.share(1, 7, 1));
        assertEquals(0, pages.holders(7));
        assertEquals(0, privatizer.privateRuns());
    }

    @Test
    void shouldCountRunsWhenUnitsComeAndGoAtRandom() {
        final Privatizer privatizer = privatizer(true, MANY);
        final Random random = new Random(7);
        final BitSet[] model = new BitSet[SEGMENTS + 1];
        for (int s = 1; s <= SEGMENTS; s++) {
            model[s] = new BitSet();
        }
        long peak = 0;
        for (int step = 0; step < 20_000; step++) {
            final int segment = 1 + random.nextInt(SEGMENTS);
            final int unit = random.nextInt(100);
            if (!model[segment].get(unit)) {
                privatizer.privatize(segment, unit, made);
                model[segment].set(unit);
            } else {
                final int length = 1 + random.nextInt(model[segment].nextClearBit(unit) - unit);
                privatizer.share(segment, unit, length);
                model[segment].clear(unit, unit + length);
            }
            long units = 0;
            long runs = 0;
            for (int s = 1; s <= SEGMENTS; s++) {
                units += model[s].cardinality();
                runs += runsIn(model[s]);
                assertEquals(model[s].get(unit), pages.isPrivate(unit, Privatizer.bitOf(s)));
            }
            peak = Math.max(peak, units);
            assertEquals(units, privatizer.privateUnits());
            assertEquals(runs, privatizer.privateRuns());
        }
        assertEquals(peak, privatizer.peakPrivateUnits());
    }

    @Test
    void shouldStayWithinBudgetWhenUnitsAreScattered() {
        final long budget = 32;
        final Privatizer privatizer = privatizer(true, budget);
        final Random random = new Random(11);
        for (int i = 0; i < 5_000; i++) {
            final int segment = 1 + random.nextInt(SEGMENTS);
            final long unit = random.nextInt((int) pages.units());
            if (!pages.isPrivate(unit, Privatizer.bitOf(segment))) {
                privatizer.privatize(segment, unit, made);
                assertTrue(pages.isPrivate(unit, Privatizer.bitOf(segment)));
            }
            assertTrue(privatizer.privateRuns() <= budget, () -> "runs=" + privatizer.privateRuns());
        }
        assertEquals(made.size(), privatizer.privateUnits());
    }

    @Test
    void shouldTakeSingleUnitsWhenStrategyNeedsNoMappings() {
        final Privatizer privatizer = privatizer(false, 1);
        for (int unit = 0; unit < 1000; unit += 2) {
            privatizer.privatize(1, unit, made);
        }
        assertEquals(500, made.size());
    }

    @Test
    void shouldFindUnitsOfRefs() {
        assertEquals(0, pages.unitOf(map.oldStart()));
        assertEquals(0, pages.unitOf(map.oldStart() + UNIT_BYTES - 1));
        assertEquals(1, pages.unitOf(map.oldStart() + UNIT_BYTES));
        assertEquals(map.oldStart() + 9 * UNIT_BYTES, pages.refOf(9));
        assertEquals(map.oldBytes() / UNIT_BYTES, pages.units());
        assertEquals(UNIT_BYTES, pages.unitBytes());
    }

    /** Only says whether mappings are scarce. */
    private final class NoStrategy implements SharingStrategy {
        private final boolean mappingPerRun;

        NoStrategy(final boolean mappingPerRun) {
            this.mappingPerRun = mappingPerRun;
        }

        @Override
        public void mapOldSpace(final int segment) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void privatize(final int segment, final long unit, final long units) {
            if (refusing) {
                throw new UnsupportedOperationException();
            }
            if (refusals-- > 0) {
                throw refusal;
            }
        }

        @Override
        public boolean share(final int segment, final long unit, final long units) {
            assertTrue(units > 0);
            return refusals-- <= 0;
        }

        @Override
        public boolean sharedStoresReachBase() {
            return true;
        }

        @Override
        public boolean usesMappingPerRun() {
            return mappingPerRun;
        }
    }
}

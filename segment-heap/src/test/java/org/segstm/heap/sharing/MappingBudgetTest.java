package org.segstm.heap.sharing;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.segstm.bridge.NativeCallException;
import org.segstm.bridge.Reservation;
import org.segstm.heap.OutOfMappingsException;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** How many runs are allowed, for a process that maps as the test says. */
@Timeout(60)
class MappingBudgetTest {
    private static final long ALLOWED = 65_536;
    private static final long MARGIN = ALLOWED / 16;
    private static final long RESERVE = ALLOWED / 64;
    private static final long CONFIGURED = 8_000;
    private static final int MOST_RUNS_UNTIL_LOOK = 5_000;

    private long processMappings = 1_000;
    private int looks;

    private MappingBudget budget() {
        return new MappingBudget(CONFIGURED, () -> {
            looks++;
            return processMappings;
        }, ALLOWED);
    }

    private void awaitLook(final MappingBudget budget, final long runs) {
        final int before = looks;
        for (int i = 0; looks == before; i++) {
            assertTrue(i < MOST_RUNS_UNTIL_LOOK, "nobody looks");
            budget.added(runs);
        }
    }

    @Test
    void shouldAllowWhatIsConfiguredWhileTheProcessHasRoom() {
        try (MappingBudget budget = budget()) {
            assertEquals(CONFIGURED, budget.maximumRuns());
            awaitLook(budget, 100);
            assertEquals(CONFIGURED, budget.maximumRuns());
            assertEquals(RESERVE + 1, budget.reservedMappings());
        }
    }

    @Test
    void shouldLeaveMarginToOthersWhenTheyMapMuch() {
        try (MappingBudget budget = budget()) {
            processMappings = ALLOWED - MARGIN - 1_000;
            awaitLook(budget, 2_000);
            assertEquals(2_500, budget.maximumRuns());
            processMappings = ALLOWED - MARGIN + 1_000;
            awaitLook(budget, 2_500);
            assertEquals(2_500, budget.maximumRuns());
            assertEquals(RESERVE + 1, budget.reservedMappings());
        }
    }

    @Test
    void shouldLookOftenWhenThereIsLittleRoom() {
        try (MappingBudget budget = budget()) {
            awaitLook(budget, 64);
            processMappings = ALLOWED - MARGIN;
            awaitLook(budget, 64);
            for (int i = 0; i < 640; i++) {
                budget.added(64);
            }
            assertEquals(12, looks);
        }
    }

    @Test
    void shouldGiveReserveBackWhenTheProcessIsNearTheEnd() {
        try (MappingBudget budget = budget()) {
            processMappings = ALLOWED - RESERVE + 1;
            awaitLook(budget, 10);
            assertEquals(0, budget.reservedMappings());
            assertEquals(10, budget.maximumRuns());
            processMappings = 1_000;
            awaitLook(budget, 10);
            assertEquals(RESERVE + 1, budget.reservedMappings());
            assertEquals(CONFIGURED, budget.maximumRuns());
        }
    }

    @Test
    void shouldAllowNoMoreRunsWhenTheSystemRefusesOne() {
        try (MappingBudget budget = budget()) {
            budget.giveWay(300);
            assertEquals(0, budget.reservedMappings());
            assertEquals(300, budget.maximumRuns());
            budget.giveWay(0);
            assertEquals(1, budget.maximumRuns());
            awaitLook(budget, 10);
            assertEquals(CONFIGURED, budget.maximumRuns());
        }
    }

    @Test
    void shouldHoldNothingWhenClosedOrUnlimited() {
        final MappingBudget budget = budget();
        budget.close();
        awaitLook(budget, 1);
        assertEquals(0, budget.reservedMappings());
        try (MappingBudget unlimited = MappingBudget.unlimited()) {
            assertEquals(0, unlimited.reservedMappings());
            assertEquals(Long.MAX_VALUE, unlimited.maximumRuns());
        }
    }

    @Test
    void shouldSayWhatToDoWhenThereIsNone() {
        try (MappingBudget budget = budget()) {
            processMappings = ALLOWED + 1;
            final NativeCallException refusal = refusal();
            final OutOfMappingsException e = budget.exhausted(123, refusal);
            assertEquals("out of mappings (raise 'sysctl -w vm.max_map_count', use segstm.page.sharing=PRIVATE_COW, "
                + "which takes none, or find what else in this process maps so much): process=65537 allowed=65536 "
                + "privateRuns=123", e.getMessage());
            assertEquals(65_537, e.processMappings());
            assertEquals(ALLOWED, e.allowedMappings());
            assertSame(refusal, e.getCause());
        }
    }

    static NativeCallException refusal() {
        return assertThrows(NativeCallException.class, () -> Reservation.reserve(1L << 60, 4096));
    }
}

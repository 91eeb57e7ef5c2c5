package org.segstm.heap.world;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** When major collections come, in MiB. */
@Timeout(10)
class MajorScheduleTest {
    private static final int LOG_BYTES_IN_MIB = 20;
    private static final long HEAP = 1000;
    private static final long SOFT = 800;

    private final MajorSchedule schedule = schedule(32);

    private static MajorSchedule schedule(final long minimum) {
        return new MajorSchedule(bytes(HEAP), bytes(SOFT), 2, bytes(minimum));
    }

    private static long bytes(final long mebibytes) {
        return mebibytes << LOG_BYTES_IN_MIB;
    }

    private static void collected(
        final MajorSchedule schedule, final long before, final long after, final long uncommitted, final long live) {
        schedule.collected(bytes(before), bytes(after), bytes(uncommitted), bytes(live));
    }

    private void assertDue(final long settled, final long used) {
        assertEquals(bytes(settled), schedule.dueAtSettledBytes());
        assertEquals(bytes(used), schedule.dueAtUsedBytes());
    }

    @Test
    void shouldStartAtMinimumAndSoftLimit() {
        assertDue(32, SOFT);
    }

    @Test
    void shouldWaitForTheFactorWhenHalfOfWhatWasAddedDied() {
        collected(schedule, 80, 40, 0, 40);
        assertEquals(1, schedule.patience());
        assertDue(80, SOFT);
    }

    @Test
    void shouldWaitForTheFactorWhenAllOfWhatWasAddedDied() {
        collected(schedule, 80, 40, 0, 40);
        collected(schedule, 80, 40, 0, 40);
        assertEquals(1, schedule.patience());
        assertDue(80, SOFT);
    }

    @Test
    void shouldWaitThreeTimesAsLongWhenAllLivedOn() {
        collected(schedule, 40, 40, 0, 40);
        assertEquals(MajorSchedule.MOST_PATIENCE, schedule.patience());
        assertDue(160, SOFT);
    }

    @Test
    void shouldWaitTwiceAsLongWhenThreeQuartersLivedOn() {
        collected(schedule, 40, 30, 0, 30);
        assertEquals(2, schedule.patience());
        assertDue(90, SOFT);
    }

    @Test
    void shouldCollectAtTheUsualTimeAgainWhenWhatWasAddedLaterHasDied() {
        collected(schedule, 40, 40, 0, 40);
        collected(schedule, 160, 50, 0, 50);
        assertEquals(1, schedule.patience());
        assertDue(100, SOFT);
    }

    @Test
    void shouldCountMemoryThatIsFreeInsideBlocksAsDead() {
        collected(schedule, 80, 80, 0, 40);
        assertEquals(1, schedule.patience());
        assertDue(120, SOFT);
    }

    @Test
    void shouldWaitForNoMoreThanHalfOfTheRoomWhenAllLivedOn() {
        collected(schedule, 100, 100, 0, 100);
        assertDue(400, SOFT);
        collected(schedule, 400, 400, 0, 400);
        assertDue(800, SOFT);
        collected(schedule, 600, 600, 0, 600);
        assertDue(1200, SOFT);
    }

    @Test
    void shouldKeepItsPatienceWhenAskedToCollectBeforeMuchWasAdded() {
        collected(schedule, 40, 40, 0, 40);
        collected(schedule, 45, 40, 0, 40);
        assertEquals(MajorSchedule.MOST_PATIENCE, schedule.patience());
        collected(schedule, 110, 40, 0, 40);
        assertEquals(1, schedule.patience());
    }

    @Test
    void shouldLearnNothingFromWhatARunningTransactionHolds() {
        collected(schedule, 200, 200, 190, 200);
        assertEquals(1, schedule.patience());
        assertDue(32, SOFT);
        collected(schedule, 240, 220, 180, 200);
        assertEquals(1, schedule.patience());
    }

    @Test
    void shouldCountTheLargestTransactionAsAliveWhenItHasCommitted() {
        schedule.committed(bytes(10));
        assertDue(32, SOFT);
        schedule.committed(bytes(100));
        schedule.committed(bytes(60));
        assertDue(200, SOFT);
        collected(schedule, 220, 70, 0, 70);
        assertDue(140, SOFT);
        schedule.committed(bytes(60));
        assertDue(190, SOFT);
    }

    @Test
    void shouldCollectAtHalfOfWhatIsLeftWhenTheSoftLimitIsPassed() {
        collected(schedule, 850, 840, 0, 840);
        assertEquals(Long.MAX_VALUE, schedule.dueAtSettledBytes());
        assertEquals(bytes(920), schedule.dueAtUsedBytes());
        collected(schedule, 999, 998, 0, 998);
        assertEquals(bytes(998) + (bytes(HEAP) >>> 6), schedule.dueAtUsedBytes());
        collected(schedule, 999, 100, 0, 100);
        assertDue(200, SOFT);
    }

    @Test
    void shouldStayBetweenTheUsualTimeAndTheSoftLimitWhateverHappens() {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        final MajorSchedule any = schedule(16);
        for (int i = 0; i < 10_000; i++) {
            final long before = random.nextInt((int) HEAP + 1);
            final long after = random.nextInt((int) before + 1);
            final long uncommitted = random.nextInt((int) after + 1);
            final long live = uncommitted + random.nextInt((int) (after - uncommitted) + 1);
            collected(any, before, after, uncommitted, live);
            final long settled = after - uncommitted;
            final long usual = Math.max(16, settled + live - uncommitted);
            final long most = Math.max(usual, settled + Math.max(0, SOFT - after) / 2 + 1);
            final String where = "seed=" + seed + " i=" + i + " patience=" + any.patience();
            assertTrue(any.patience() >= 1 && any.patience() <= MajorSchedule.MOST_PATIENCE, where);
            assertTrue(any.dueAtUsedBytes() > bytes(after), where);
            assertTrue(after >= SOFT || any.dueAtUsedBytes() == bytes(SOFT), where);
            assertTrue(any.dueAtSettledBytes() >= bytes(usual), where);
            assertTrue(after >= SOFT || any.dueAtSettledBytes() <= bytes(most), where);
        }
    }
}

package org.segstm.heap;

import org.junit.jupiter.api.Test;

import java.util.Random;
import java.util.function.LongToDoubleFunction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class LengthFloorTest {
    private static final long LEAST = 8;
    private static final long MOST = 1024;
    private static final long COMMIT_NS = 10_000;
    private static final long POLL_NS = 10;
    private static final long STALL_NS = 2_000_000;
    private static final long SEED = 20_261_121;
    private final Random random = new Random(SEED);
    private long now = 1;
    /** How slow the machine is, and how often it stalls. */
    private long slowness = 1;
    private double stalls;
    private final LengthFloor floor = new LengthFloor(LEAST, MOST, () -> now);

    /** Runs transactions as long as the floor, of which a share is lost. */
    private void run(final int transactions, final LongToDoubleFunction lostShare) {
        double lost = 0;
        for (int i = 0; i < transactions; i++) {
            final long length = floor.polls();
            now += slowness * (COMMIT_NS + length * POLL_NS) + (random.nextDouble() < stalls ? STALL_NS : 0);
            lost += lostShare.applyAsDouble(length);
            if (lost >= 1) {
                lost -= 1;
                floor.ended(1, 0);
            } else {
                floor.ended(1, length);
            }
        }
    }

    @Test
    void shouldRiseToTheTopWhenLongOnesDoMoreAlthoughTheyLose() {
        run(20_000, length -> 0.3);
        assertEquals(MOST, floor.polls());
    }

    /** In how many percent of the time the floor is in the range, from now on. */
    private int share(final long from, final long to, final LongToDoubleFunction lostShare) {
        int in = 0;
        for (int i = 0; i < 1000; i++) {
            run(64, lostShare);
            in += floor.polls() >= from && floor.polls() <= to ? 1 : 0;
        }
        return in / 10;
    }

    private static void assertMostly(final int percent) {
        assertTrue(percent > 85, "right in only " + percent + " % of the time");
    }

    @Test
    void shouldReturnWhenLongOnesDoLess() {
        final LongToDoubleFunction lost = length -> length > LEAST ? 0.999 : 0.3;
        run(20_000, lost);
        assertMostly(share(LEAST, LEAST, lost));
    }

    @Test
    void shouldStopWhereMoreDoesLess() {
        final LongToDoubleFunction lost = length -> length <= 64 ? 0.2 : 0.95;
        run(50_000, lost);
        assertMostly(share(64, 64, lost));
    }

    @Test
    void shouldFindWhatLiesBehindAPlateau() {
        final LongToDoubleFunction lost = length -> length < 32 ? 0.1 : length < 256 ? 0.8 : 0.5;
        run(200_000, lost);
        assertMostly(share(256, MOST, lost));
    }

    @Test
    void shouldNotBeMisledWhenMachineStalls() {
        final LongToDoubleFunction lost = length -> length <= 64 ? 0.2 : 0.95;
        stalls = 0.002;
        run(100_000, lost);
        assertMostly(share(32, 64, lost));
    }

    @Test
    void shouldNotBeMisledWhenMachineBecomesSlowerAndFaster() {
        final LongToDoubleFunction lost = length -> length <= 64 ? 0.2 : 0.95;
        run(50_000, lost);
        int right = 0;
        for (int i = 0; i < 40; i++) {
            slowness = 1 + (i & 1) * 2;
            right += share(32, 64, lost);
        }
        assertMostly(right / 40);
    }

    @Test
    void shouldFollowWhenAnotherLengthBecomesBest() {
        run(50_000, length -> length <= 64 ? 0.2 : 0.95);
        final LongToDoubleFunction lost = length -> 0.5;
        run(100_000, lost);
        assertMostly(share(MOST / 2, MOST, lost));
    }
}

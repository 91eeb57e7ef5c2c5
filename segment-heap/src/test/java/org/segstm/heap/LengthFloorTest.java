package org.segstm.heap;

import org.junit.jupiter.api.Test;

import java.util.function.LongToDoubleFunction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class LengthFloorTest {
    private static final long LEAST = 8;
    private static final long MOST = 1024;
    private static final long COMMIT_NS = 10_000;
    private static final long POLL_NS = 10;
    private long now = 1;
    private final LengthFloor floor = new LengthFloor(LEAST, MOST, () -> now);

    /** Runs transactions as long as the floor, of which a share is lost. */
    private void run(final int transactions, final LongToDoubleFunction lostShare) {
        double lost = 0;
        for (int i = 0; i < transactions; i++) {
            final long length = floor.polls();
            now += COMMIT_NS + length * POLL_NS;
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

    @Test
    void shouldReturnWhenLongOnesDoLess() {
        run(20_000, length -> length > LEAST ? 0.999 : 0.3);
        int low = 0;
        for (int i = 0; i < 1000; i++) {
            run(64, length -> length > LEAST ? 0.999 : 0.3);
            low += floor.polls() == LEAST ? 1 : 0;
        }
        assertTrue(low > 900, "lowest in " + low + " of 1000 samples");
    }

    @Test
    void shouldStopWhereMoreDoesLess() {
        run(50_000, length -> length <= 64 ? 0.2 : 0.95);
        int good = 0;
        for (int i = 0; i < 1000; i++) {
            run(64, length -> length <= 64 ? 0.2 : 0.95);
            good += floor.polls() == 64 ? 1 : 0;
        }
        assertTrue(good > 900, "64 in " + good + " of 1000 samples");
    }

    @Test
    void shouldFindWhatLiesBehindAPlateau() {
        run(200_000, length -> length < 32 ? 0.1 : length < 256 ? 0.8 : 0.5);
        int good = 0;
        for (int i = 0; i < 1000; i++) {
            run(64, length -> length < 32 ? 0.1 : length < 256 ? 0.8 : 0.5);
            good += floor.polls() >= 256 ? 1 : 0;
        }
        assertTrue(good > 900, "long in " + good + " of 1000 samples");
    }
}

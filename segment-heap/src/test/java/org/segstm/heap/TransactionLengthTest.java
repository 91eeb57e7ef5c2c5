package org.segstm.heap;

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class TransactionLengthTest {
    private static final LengthBounds BOUNDS = new LengthBounds(8, 1024, 4096, 1 << 20);
    private long now = 1;
    private final LengthFloor floor = new LengthFloor(BOUNDS.leastPolls(), BOUNDS.mostPolls(), () -> now += 10_000);
    private final TransactionLength first = new TransactionLength(BOUNDS, floor);
    private final TransactionLength second = new TransactionLength(BOUNDS, floor);

    @Test
    void shouldNotMeasureWhatNeverAborts() {
        for (int i = 0; i < 100_000; i++) {
            first.committed();
        }
        assertEquals(BOUNDS.mostPolls(), first.polls());
        assertEquals(BOUNDS.mostBytes(), first.bytes());
        assertEquals(BOUNDS.leastPolls(), floor.polls());
    }

    @Test
    void shouldHalveWithEachAbort() {
        for (int i = 0; i < 20; i++) {
            first.committed();
        }
        first.aborted();
        assertEquals(BOUNDS.mostPolls() / 2, first.polls());
        first.aborted();
        assertEquals(BOUNDS.mostPolls() / 4, first.polls());
        first.committed();
        assertTrue(first.polls() < BOUNDS.mostPolls() / 2, "fast again after " + first.polls());
    }

    /** A long transaction among short ones always loses: both have to be long. */
    @Test
    void shouldBecomeLongTogetherWhereAnyTwoConflict() {
        for (int i = 0; i < 200_000; i++) {
            final boolean mine = (i & 1) == 0;
            final TransactionLength winner = mine ? first : second;
            final TransactionLength loser = mine ? second : first;
            now += 1000 + winner.polls();
            winner.committed();
            loser.aborted();
        }
        assertTrue(first.polls() >= BOUNDS.mostPolls() / 2, () -> "first " + first.polls());
        assertTrue(second.polls() >= BOUNDS.mostPolls() / 2, () -> "second " + second.polls());
    }
}

package org.segstm.duhton.transaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CallRangeTest {
    @Test
    void shouldGiveCallsInOrderWhenTheyAreTaken() {
        final CallRange range = new CallRange(null, 3, 6);
        assertEquals(3, range.remaining());
        assertEquals(3, range.take());
        assertEquals(4, range.take());
        assertEquals(5, range.take());
        assertEquals(CallRange.NONE, range.take());
        assertEquals(0, range.remaining());
    }

    @Test
    void shouldGiveRearHalfWhenSplit() {
        final CallRange range = new CallRange(null, 0, 5);
        final CallRange rear = range.split();
        assertEquals(2, range.remaining());
        assertEquals(3, rear.remaining());
        assertEquals(2, rear.take());
        assertEquals(0, range.take());
    }

    @Test
    void shouldGiveLastCallAwayWhenSplit() {
        final CallRange range = new CallRange(null, 7, 8);
        assertEquals(7, range.split().take());
        assertEquals(CallRange.NONE, range.take());
        assertNull(range.split());
    }

    @Test
    void shouldGiveEachCallOnceWhenOwnerTakesAndOthersSplit() throws InterruptedException {
        final int calls = 1_000_000;
        final AtomicIntegerArray taken = new AtomicIntegerArray(calls);
        final CallRange range = new CallRange(null, 0, calls);
        final Thread[] thieves = new Thread[3];
        for (int i = 0; i < thieves.length; i++) {
            thieves[i] = new Thread(() -> {
                for (CallRange part = range.split(); part != null; part = range.split()) {
                    takeAll(part, taken);
                }
            });
            thieves[i].start();
        }
        takeAll(range, taken);
        for (final Thread thief : thieves) {
            thief.join();
        }
        for (int i = 0; i < calls; i++) {
            assertEquals(1, taken.get(i), "call=" + i);
        }
    }

    private static void takeAll(final CallRange range, final AtomicIntegerArray taken) {
        for (int call = range.take(); call != CallRange.NONE; call = range.take()) {
            taken.incrementAndGet(call);
        }
    }
}

package org.segstm.bench;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A tiny run. */
@Timeout(300)
class RetryCommandTest {
    @Test
    void shouldMeasureWhenOthersAreIdleAndBusy() {
        final Commands run = Commands.run("retry", "--wakes", "3");
        assertEquals("", run.err());
        assertEquals(0, run.status(), run.out());
        assertTrue(run.out().contains("idle"), run.out());
        assertTrue(run.out().contains("commit all the time"), run.out());
    }

    @Test
    void shouldRefuseWhenNumberIsWrong() {
        assertTrue(Commands.run("retry", "--wakes", "0").err().contains("--wakes must be from 1 to 1000000: 0"));
    }
}

package org.segstm.bench.soak;

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

class GaugeTest {
    private static Gauge gauge(final long... values) {
        final Gauge gauge = new Gauge("live memory", 10);
        for (final long value : values) {
            gauge.add(value);
        }
        return gauge;
    }

    @Test
    void shouldFindGrowthAfterWarmUp() {
        assertEquals("live memory grew: from 100 at most while warming up to 131 (allowed: 130)",
            gauge(20, 100, 90, 100, 131, 50).violation());
    }

    @Test
    void shouldAllowAFifthAndSomeSlack() {
        assertNull(gauge(20, 100, 90, 100, 130, 50).violation());
    }

    @Test
    void shouldAllowGrowthWhileWarmingUp() {
        assertNull(gauge(1, 1000, 1000, 1000, 1000, 1000).violation());
    }

    @Test
    void shouldSayNothingBeforeWarmUpIsOver() {
        assertNull(gauge().violation());
        assertNull(gauge(5).violation());
        assertEquals(5, gauge(5).last());
    }
}

package org.segstm.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Sums over time. */
@Timeout(60)
class TimeBinsTest {
    @Test
    void shouldKeepSumsWhenTimeGrows() {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        final TimeBins bins = new TimeBins(2, 16);
        final long[] sums = new long[2];
        long time = 0;
        for (int i = 0; i < 5000; i++) {
            final long next = time + random.nextInt(1 << random.nextInt(20));
            bins.add(i & 1, time, next);
            sums[i & 1] += next - time;
            time = next;
        }
        for (final int parts : new int[] {1, 7, 16, 100}) {
            assertEquals(sums[0], Arrays.stream(bins.parts(0, time, parts)).sum(), 1e-3, "seed=" + seed);
            assertEquals(sums[1], Arrays.stream(bins.parts(1, time, parts)).sum(), 1e-3, "seed=" + seed);
        }
    }

    @Test
    void shouldShowWhenItWasWhenThereIsOnePeak() {
        final TimeBins bins = new TimeBins(1, 240);
        bins.count(0, 750_000, 3);
        bins.count(0, 999_999, 0);
        final double[] parts = bins.parts(0, 1_000_000, 10);
        assertEquals(3, parts[7], 1e-6, Arrays.toString(parts));
    }
}

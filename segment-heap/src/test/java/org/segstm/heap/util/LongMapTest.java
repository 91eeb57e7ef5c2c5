package org.segstm.heap.util;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** A map from longs to longs. */
@Timeout(60)
class LongMapTest {
    private static final int ROUNDS = 20;
    private static final int PUTS = 20_000;

    @Test
    void shouldAgreeWithHashMapWhenUsedAtRandom() {
        final long seed = new Random().nextLong();
        final Random random = new Random(seed);
        final LongMap map = new LongMap();
        final Map<Long, Long> model = new HashMap<>();
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = random.nextInt(PUTS); i > 0; i--) {
                final long key = 1L + random.nextInt(PUTS) << random.nextInt(3) * 20;
                map.put(key, i);
                model.put(key, (long) i);
            }
            final int at = round;
            assertEquals(model.size(), map.size(), () -> "seed=" + seed + " round=" + at);
            model.forEach((key, value) -> assertEquals(value, map.get(key), () -> "seed=" + seed + " key=" + key));
            assertEquals(0, map.get(Long.MAX_VALUE), () -> "seed=" + seed);
            if (random.nextBoolean()) {
                map.clear();
                model.clear();
            }
        }
    }
}

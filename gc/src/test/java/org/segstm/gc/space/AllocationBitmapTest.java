package org.segstm.gc.space;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.segstm.heap.segment.SegmentMap;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

@Timeout(10)
class AllocationBitmapTest {
    private final SegmentMap map = new SegmentMap(1 << 16, 4 << 20);
    private final AllocationBitmap bitmap = new AllocationBitmap(map);

    @AfterEach
    void close() {
        bitmap.close();
    }

    @Test
    void shouldAgreeWithSetWhenBitsComeAndGoAtRandom() {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        final Set<Long> model = new HashSet<>();
        for (int i = 0; i < 20_000; i++) {
            final long ref = map.oldStart() + 16L * random.nextInt(1000);
            if (model.remove(ref)) {
                bitmap.clear(ref);
            } else {
                model.add(ref);
                bitmap.set(ref);
            }
        }
        for (long ref = map.oldStart(); ref < map.oldStart() + 16_000; ref += 16) {
            assertEquals(model.contains(ref), bitmap.isSet(ref), "seed=" + seed + " ref=" + ref);
        }
    }

    @Test
    void shouldCoverFirstAndLastGranuleWhenSet() {
        final long last = map.oldEnd() - 16;
        bitmap.set(map.oldStart());
        bitmap.set(last);
        assertTrue(bitmap.isSet(map.oldStart()));
        assertTrue(bitmap.isSet(last));
        assertFalse(bitmap.isSet(last - 16));
    }

    @Test
    void shouldFindObjectWhenAnywhereInRange() {
        final long start = map.oldStart() + (64 << 10);
        for (final long offset : new long[] {0, 16, 1008, 1024, 8192 - 16}) {
            bitmap.set(start + offset);
            assertFalse(bitmap.isRangeClear(start, 8192));
            assertTrue(bitmap.isRangeClear(start - 8192, 8192));
            assertTrue(bitmap.isRangeClear(start + 8192, 8192));
            bitmap.clear(start + offset);
            assertTrue(bitmap.isRangeClear(start, 8192));
        }
    }

    @Test
    void shouldRefuseWhenSlotIsHandedOutTwice() {
        bitmap.set(map.oldStart() + 32);
        final IllegalStateException e =
            assertThrows(IllegalStateException.class, () -> bitmap.set(map.oldStart() + 32));
        assertTrue(e.getMessage().startsWith("a slot is handed out once: ref=0x"), e.getMessage());
    }
}

package org.segstm.heap.util;

import org.junit.jupiter.api.Test;

import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A long list of longs agrees with the plain one at every size. */
class ChunkedLongListTest {
    private static final int LONGS_IN_CHUNK = 1 << 16;

    private static void checkEqual(final LongList expected, final ChunkedLongList list, final String where) {
        assertEquals(expected.size(), list.size(), where);
        assertEquals(expected.isEmpty(), list.isEmpty(), where);
        for (int i = 0; i < expected.size(); i++) {
            if (expected.get(i) != list.get(i)) {
                assertEquals(expected.get(i), list.get(i), where + " index=" + i);
            }
        }
    }

    @Test
    void shouldAgreeWithPlainListWhenUsedAtRandom() {
        for (int seed = 0; seed < 20; seed++) {
            final Random random = new Random(seed);
            final LongList expected = new LongList();
            final ChunkedLongList list = new ChunkedLongList();
            for (int step = 0; step < 40; step++) {
                final int dice = random.nextInt(10);
                if (dice == 0) {
                    expected.clear();
                    list.clear();
                } else if (dice < 4) {
                    final int newSize = dice == 1 ? expected.size() & -LONGS_IN_CHUNK
                        : random.nextInt(expected.size() + 1);
                    expected.truncate(newSize);
                    list.truncate(newSize);
                } else {
                    final int count = dice == 4 ? LONGS_IN_CHUNK - expected.size() % LONGS_IN_CHUNK
                        : random.nextInt(dice < 7 ? 100 : 3 * LONGS_IN_CHUNK);
                    for (int i = 0; i < count; i++) {
                        final long value = random.nextLong();
                        expected.add(value);
                        list.add(value);
                    }
                }
                checkEqual(expected, list, "seed=" + seed + " step=" + step);
            }
        }
    }

    @Test
    void shouldGiveMemoryBackWhenCleared() {
        final ChunkedLongList list = new ChunkedLongList();
        assertEquals(64, list.capacity());
        for (int i = 0; i < 40 * LONGS_IN_CHUNK; i++) {
            list.add(i);
        }
        assertEquals(40L * LONGS_IN_CHUNK, list.capacity(), "no more than is needed");
        assertEquals(39L * LONGS_IN_CHUNK, list.get(39 * LONGS_IN_CHUNK));
        list.clear();
        assertTrue(list.isEmpty());
        assertEquals(2L * LONGS_IN_CHUNK, list.capacity());
    }
}

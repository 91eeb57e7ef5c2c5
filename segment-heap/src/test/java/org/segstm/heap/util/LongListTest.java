package org.segstm.heap.util;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A growing list of longs. */
@Timeout(60)
class LongListTest {
    private final LongList list = new LongList();

    private void addUpTo(final int count) {
        for (int i = 0; i < count; i++) {
            list.add(i);
        }
    }

    @Test
    void shouldBeEmptyWhenNew() {
        assertTrue(list.isEmpty());
        assertEquals(0, list.size());
    }

    @Test
    void shouldKeepElementsWhenItGrows() {
        addUpTo(1000);
        assertEquals(1000, list.size());
        assertFalse(list.isEmpty());
        for (int i = 0; i < 1000; i++) {
            assertEquals(i, list.get(i));
            assertEquals(i, list.array()[i]);
        }
    }

    @Test
    void shouldRefuseWhenNoArrayIsLongEnough() {
        list.truncate(Integer.MAX_VALUE - 5);
        assertEquals("list longer than an array can be",
            assertThrows(OutOfMemoryError.class, () -> list.extend(16)).getMessage());
        assertThrows(OutOfMemoryError.class, () -> list.extend(1));
    }

    @Test
    void shouldRemoveFromTheEndWhenAsked() {
        addUpTo(5);
        assertEquals(4, list.removeLast());
        assertEquals(4, list.size());
        list.truncate(2);
        assertEquals(1, list.removeLast());
        list.clear();
        assertTrue(list.isEmpty());
    }

    @Test
    void shouldReplaceWhenSet() {
        addUpTo(3);
        list.set(1, -5);
        assertEquals(0, list.get(0));
        assertEquals(-5, list.get(1));
        assertEquals(2, list.get(2));
    }

    @Test
    void shouldSortOnlyItsElementsWhenArrayHasMore() {
        addUpTo(10);
        list.truncate(0);
        list.add(9);
        list.add(-3);
        list.add(4);
        list.sort();
        assertEquals(3, list.size());
        assertEquals(-3, list.get(0));
        assertEquals(4, list.get(1));
        assertEquals(9, list.get(2));
    }

    @Test
    void shouldMakeRoomWhenExtended() {
        addUpTo(60);
        final int start = list.extend(500);
        assertEquals(60, start);
        assertEquals(560, list.size());
        assertTrue(list.array().length >= 560);
        list.array()[559] = 7;
        assertEquals(7, list.get(559));
        assertEquals(59, list.get(59));
    }
}

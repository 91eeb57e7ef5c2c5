package org.segstm.heap.tx;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.segstm.bridge.Memory;
import org.segstm.heap.layout.ConflictRule;
import org.segstm.heap.util.LongList;

import java.util.List;
import java.util.stream.LongStream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Slices and their saved words, over plain memory. */
@Timeout(60)
class WriteSetTest {
    private static final int BYTES = 4096;
    private static final int[] FLAGS =
        {WriteSet.HEADER, WriteSet.CARD, WriteSet.REST, WriteSet.NO_CONFLICT, WriteSet.COUNTER};
    private final WriteSet writeSet = new WriteSet();
    private long memory;

    @BeforeEach
    void fill() {
        memory = Memory.allocate(BYTES);
        for (int offset = 0; offset < BYTES; offset += Long.BYTES) {
            Memory.putLong(memory + offset, offset + 1);
        }
    }

    @AfterEach
    void free() {
        Memory.free(memory);
    }

    private void assertSlice(final int index, final long ref, final int words, final int flags) {
        final long slice = writeSet.slice(index);
        assertEquals(ref, WriteSet.refOf(slice));
        assertEquals(words, WriteSet.wordsOf(slice));
        for (final int flag : FLAGS) {
            assertEquals((flags & flag) != 0, WriteSet.is(slice, flag));
        }
        assertEquals((flags & WriteSet.HEADER) != 0 ? 1 : 0, WriteSet.firstDataWord(slice));
    }

    private void assertSaved(final int start, final long ref, final int words) {
        for (int w = 0; w < words; w++) {
            assertEquals(ref + (long) w * Long.BYTES + 1, writeSet.savedWords()[start + w]);
        }
    }

    @Test
    void shouldSaveOneSliceWhenObjectIsSmall() {
        writeSet.saveObject(memory, 64, 48, ConflictRule.NORMAL);
        assertEquals(1, writeSet.size());
        assertSlice(0, 64, 6, WriteSet.HEADER);
        assertEquals(6, writeSet.savedWordCount());
        assertSaved(0, 64, 6);
    }

    @Test
    void shouldSaveSeveralSlicesWhenObjectIsLarge() {
        writeSet.saveObject(memory, 256, 128 + 128 + 16, ConflictRule.NORMAL);
        assertEquals(3, writeSet.size());
        assertSlice(0, 256, 16, WriteSet.HEADER);
        assertSlice(1, 384, 16, WriteSet.REST);
        assertSlice(2, 512, 2, WriteSet.REST);
        assertEquals(34, writeSet.savedWordCount());
        assertSaved(0, 256, 34);
    }

    @Test
    void shouldSaveCardsWhenAskedForCards() {
        writeSet.saveCard(memory, 128, 128, true, ConflictRule.NORMAL);
        writeSet.saveCard(memory, 512, 64, false, ConflictRule.NORMAL);
        assertSlice(0, 128, 16, WriteSet.HEADER | WriteSet.CARD);
        assertSlice(1, 512, 8, WriteSet.CARD);
        assertSaved(0, 128, 16);
        assertSaved(16, 512, 8);
    }

    @Test
    void shouldKeepHighRefsWhenHeapIsHuge() {
        final long ref = (1L << 47) + 4096 - 64;
        writeSet.saveCard(memory - (1L << 47), ref, 64, false, ConflictRule.NORMAL);
        assertSlice(0, ref, 8, WriteSet.CARD);
        assertEquals(4096 - 64 + 1, writeSet.savedWords()[0]);
    }

    @Test
    void shouldKeepAllWhenMuchIsSaved() {
        for (int i = 0; i < 1000; i++) {
            writeSet.saveObject(memory, i % 60 * 64L, 64, ConflictRule.NORMAL);
        }
        assertEquals(1000, writeSet.size());
        assertEquals(8000, writeSet.savedWordCount());
        for (int i = 0; i < 1000; i++) {
            assertSlice(i, i % 60 * 64L, 8, WriteSet.HEADER);
            assertSaved(i * 8, i % 60 * 64L, 8);
        }
    }

    @Test
    void shouldTellConflictRulesOfSlices() {
        writeSet.saveObject(memory, 256, 128 + 16, ConflictRule.NO_CONFLICT);
        writeSet.saveCard(memory, 512, 128, true, ConflictRule.COUNTER);
        writeSet.saveCard(memory, 768, 128, false, ConflictRule.COUNTER);
        assertSlice(0, 256, 16, WriteSet.HEADER | WriteSet.NO_CONFLICT);
        assertSlice(1, 384, 2, WriteSet.REST | WriteSet.NO_CONFLICT);
        assertSlice(2, 512, 16, WriteSet.HEADER | WriteSet.CARD | WriteSet.COUNTER);
        assertSlice(3, 768, 16, WriteSet.CARD | WriteSet.COUNTER);
    }

    private List<Long> copies(final long ref) {
        final LongList found = writeSet.mergeableCopies(ref);
        return LongStream.range(0, found.size()).mapToObj(i -> found.get((int) i)).toList();
    }

    @Test
    void shouldFindSavedWordsOfMergeableSlicesWhenFewOrMany() {
        assertEquals(List.of(), copies(64));
        for (int i = 0; i < 60; i++) {
            final ConflictRule rule = ConflictRule.values()[i % 3];
            writeSet.saveObject(memory, i * 64L, 64 - 16 * (i % 2), rule);
            for (int k = 0; k <= i; k++) {
                final long words = k / 2 * 14 + k % 2 * 8;
                if (k % 3 != 0) {
                    assertEquals(List.of(words), copies(k * 64L), "slice " + k + " of " + i);
                }
            }
            assertEquals(List.of(), copies(4096));
        }
        writeSet.clear();
        assertEquals(List.of(), copies(64));
        writeSet.saveObject(memory, 128, 32, ConflictRule.COUNTER);
        assertEquals(List.of(0L), copies(128));
    }

    @Test
    void shouldFindAllSavedWordsWhenSlicesAreSavedTwiceAndForgotten() {
        for (int i = 0; i < 40; i++) {
            writeSet.saveObject(memory, i % 20 * 64L, 64, ConflictRule.COUNTER);
            if (i >= 20) {
                assertEquals(List.of((i - 20) * 8L, i * 8L), copies(i % 20 * 64L));
            }
        }
        writeSet.truncate(30, 240);
        assertEquals(List.of(40L, 200L), copies(5 * 64));
        assertEquals(List.of(120L), copies(15 * 64));
        writeSet.truncate(18, 144);
        assertEquals(List.of(40L), copies(5 * 64));
        assertEquals(List.of(), copies(19 * 64));
    }

    @Test
    void shouldBeEmptyWhenCleared() {
        assertTrue(writeSet.isEmpty());
        writeSet.saveObject(memory, 64, 48, ConflictRule.NORMAL);
        assertFalse(writeSet.isEmpty());
        writeSet.clear();
        assertTrue(writeSet.isEmpty());
        assertEquals(0, writeSet.savedWordCount());
    }
}

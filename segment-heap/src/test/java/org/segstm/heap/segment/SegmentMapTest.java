package org.segstm.heap.segment;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.segstm.bridge.Platform;
import org.segstm.heap.util.Units;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Nothing overlaps in a segment, whatever the sizes are. */
@Timeout(60)
class SegmentMapTest {
    private static final long ALIGNMENT = 2L << 20;

    @ParameterizedTest
    @CsvSource({"64k,1m", "64k,2m", "4m,1g", "4g,1m", "4g,4t", "64k,4t", "100k,3m", "65m,65m", "1g,64m"})
    void shouldKeepPartsApartWhenSizesAre(final String nursery, final String heap) {
        final long nurseryBytes = Units.parseBytes("nursery", nursery);
        final long heapBytes = Units.parseBytes("heap", heap);
        final SegmentMap map = new SegmentMap(nurseryBytes, heapBytes);
        final long controlEnd = SegmentMap.controlOffset() + Platform.pageBytes();
        final long firstMarker = map.nurseryStart() >>> SegmentMap.LOG_MARKER_SCALE;
        final long markersEnd = map.oldEnd() >>> SegmentMap.LOG_MARKER_SCALE;
        final long firstCardMark = firstMarker + map.cardMarkDistance();
        final long cardMarksEnd = markersEnd + map.cardMarkDistance();
        assertEquals(Platform.pageBytes(), SegmentMap.controlOffset(), "the null page comes first");
        assertEquals(firstMarker, map.markersStart());
        assertTrue(controlEnd <= firstMarker, "control page and markers");
        assertTrue(markersEnd <= firstCardMark, "markers and card marks");
        assertTrue(cardMarksEnd <= map.nurseryStart(), "card marks and nursery");
        assertEquals(map.nurseryEnd(), map.oldStart());
        assertEquals(map.segmentBytes(), map.oldEnd());
        assertTrue(map.nurseryEnd() - map.nurseryStart() >= nurseryBytes);
        assertTrue(map.oldBytes() >= heapBytes);
        assertEquals(map.oldEnd() - map.oldStart(), map.oldBytes());
        assertEquals(0, map.segmentBytes() % ALIGNMENT);
        assertEquals(0, map.oldStart() % ALIGNMENT);
        assertEquals(0, map.nurseryStart() % Platform.pageBytes());
        assertTrue(map.segmentBytes() <= heapBytes + heapBytes / 4 + 2 * nurseryBytes + 40 * ALIGNMENT, "lean");
    }

    @Test
    void shouldTellRefsFromOtherNumbers() {
        final SegmentMap map = new SegmentMap(64 << 10, 4 << 20);
        assertTrue(map.isPlausible(map.nurseryStart()));
        assertTrue(map.isPlausible(map.oldEnd() - 16));
        assertFalse(map.isPlausible(map.oldEnd()));
        assertFalse(map.isPlausible(map.nurseryStart() - 16));
        assertFalse(map.isPlausible(map.oldStart() + 8));
        assertFalse(map.isPlausible(0));
        assertFalse(map.isPlausible(-16));
        assertTrue(map.isOldSpace(map.oldStart()));
        assertFalse(map.isOldSpace(map.oldStart() - 16));
    }

    @Test
    void shouldKeepWordsOfDifferentWritersApartInControlPage() {
        final int[] words = {ControlPage.NURSERY_POSITION_OFFSET, ControlPage.NURSERY_LIMIT_OFFSET,
            ControlPage.RUN_STATE_OFFSET, ControlPage.REQUESTS_OFFSET, ControlPage.VIEW_REVISION_OFFSET};
        for (int i = 1; i < words.length; i++) {
            assertEquals(0, words[i] % ControlPage.BYTES_IN_LINE);
            assertTrue(words[i] - words[i - 1] >= ControlPage.BYTES_IN_LINE);
        }
        assertTrue(ControlPage.LENGTH <= Platform.pageBytes());
    }
}

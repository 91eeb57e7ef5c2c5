package org.segstm.heap;

import org.junit.jupiter.api.Test;
import org.segstm.heap.CollectionEvent.Cause;
import org.segstm.heap.CollectionEvent.Kind;
import org.segstm.heap.CollectionEvent.Phase;
import org.segstm.heap.spi.MajorResult;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The log of collections looks like the one of {@code -Xlog:gc*}. */
class CollectionLogTest {
    private static final String TIME = "\\[\\d+\\.\\d{3}s\\]\\[info\\]";

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final CollectionLog log =
        new CollectionLog(new PrintStream(bytes, true, StandardCharsets.UTF_8), 1L << 30);

    private String[] linesOf(final CollectionRecord collected) {
        log.collected(new CollectionEvent(collected));
        return bytes.toString(StandardCharsets.UTF_8).split(System.lineSeparator());
    }

    private static void assertMatches(final String expected, final String line) {
        assertTrue(line.matches(expected), line);
    }

    @Test
    void shouldWriteOneLineWhenNurseryWasCollected() {
        final CollectionRecord collected = new CollectionRecord(Kind.MINOR, Cause.NURSERY_FULL, "m");
        collected.number = 41;
        collected.usedBytesBefore = 7 << 20;
        collected.usedBytesAfter = 5 << 20;
        collected.ended(Phase.EVACUATE);
        final String[] lines = linesOf(collected);
        assertEquals(1, lines.length);
        assertMatches(TIME + "\\[gc\\] GC\\(41\\) Pause Minor \\(Nursery Full\\) 7M->5M\\(1024M\\) \\d+\\.\\d{3}ms",
            lines[0]);
    }

    @Test
    void shouldWritePhasesAndMemoryWhenOldSpaceWasCollected() {
        final CollectionRecord collected = new CollectionRecord(Kind.MAJOR, Cause.GROWTH, "m");
        collected.usedBytesBefore = 90 << 20;
        collected.usedBytesAfter = 40 << 20;
        collected.privateBytesBefore = 3 << 20;
        collected.result(new MajorResult(30 << 20, 5, 50 << 20, 2_000_000, 0, 1_500_000, 250_000));
        final String[] lines = linesOf(collected);
        assertEquals(3, lines.length);
        assertMatches(TIME + "\\[gc\\] GC\\(0\\) Pause Major \\(Growth\\) 90M->40M\\(1024M\\) 3\\.750ms", lines[0]);
        assertMatches(TIME + "\\[gc,phases\\] GC\\(0\\) mark 2\\.000ms sweep 1\\.500ms return 0\\.250ms", lines[1]);
        assertMatches(TIME + "\\[gc,heap\\] GC\\(0\\) Private: 3M->0M Live: 30M Returned: 50M", lines[2]);
    }
}

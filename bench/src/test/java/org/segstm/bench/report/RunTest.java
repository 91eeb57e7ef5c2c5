package org.segstm.bench.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.segstm.bench.report.log.EventLogException;
import org.segstm.heap.AbortCause;
import org.segstm.heap.Contention;
import org.segstm.heap.event.Activity;
import org.segstm.heap.event.EventFormat;

/** Reading event logs: what they say, and what is left of damaged ones. */
@Timeout(60)
class RunTest {
    private static final int THREAD = 3;

    @TempDir
    private Path folder;

    private static LogBytes example() {
        return new LogBytes()
            .mutator(THREAD, 60, "worker").name(EventFormat.REASONS, 9, "Main loop")
            .events(THREAD, 100)
            .activity(100, Activity.OUTSIDE).activity(200, Activity.BEGIN).activity(210, Activity.RUN)
            .activity(310, Activity.COMMIT).aborted(330, AbortCause.READ_CONFLICT).activity(335, Activity.ROLLBACK)
            .activity(340, Activity.BACK_OFF).activity(400, Activity.BEGIN).activity(405, Activity.RUN)
            .strange(410).decided(411, Contention.BACKED_OFF).inevitable(412, 9)
            .activity(450, Activity.MINOR_GC).activity(470, Activity.RUN)
            .done()
            .events(THREAD, 500)
            .activity(500, Activity.WAIT_INEVITABLE).activity(700, Activity.COMMIT).committed(705, true)
            .activity(710, Activity.OUTSIDE)
            .done()
            .name(EventFormat.LAYOUTS, 5, "container")
            .name(EventFormat.LOCATIONS, 7, "a.duh:1:2\n  (set c 1)")
            .conflict(330, THREAD, 4096, 7, 0, 100)
            .collection(800, 900, "MAJOR");
    }

    private Run read(final LogBytes log) throws IOException {
        return Run.read(log.writeTo(folder.resolve("log")));
    }

    @Test
    void shouldBookTimeByOutcomeWhenTransactionsEnd() throws IOException {
        final Run run = read(example().end(1000));
        assertEquals(List.of(), run.problems());
        assertEquals(1000, run.elapsedNanos());
        final String rows = Statistics.of(run).stream()
            .map(row -> row.title() + " " + row.count() + " " + row.allNanos()).collect(Collectors.joining("\n"));
        assertEquals("outside transactions 2 390\n"
            + "run, committed 1 75\n"
            + "run, aborted: read conflict 1 100\n"
            + "back off 1 60\n"
            + "wait: inevitable 1 200\n"
            + "bookkeeping: begin 2 15\n"
            + "bookkeeping: commit 2 35\n"
            + "bookkeeping: roll back 1 5\n"
            + "minor GC 1 20\n"
            + "not there yet 0 100", rows);
        final ThreadTimes thread = run.threads().get(0);
        assertEquals("worker", thread.name());
        assertEquals(1000, thread.sumNanos());
        assertEquals(0, thread.unknownNanos());
        assertEquals(1, thread.inevitable());
        assertEquals("committed as inevitable, strange, decision: backed off, inevitable: Main loop",
            Statistics.events(run).stream().map(Statistics.Row::title).collect(Collectors.joining(", ")));
    }

    @Test
    void shouldTellConflictWhenPlacesHaveNames() throws IOException {
        final Conflict conflict = read(example().end(1000)).conflicts().get(0);
        assertEquals("container", conflict.layout());
        assertEquals(new Place("a.duh:1:2", "(set c 1)"), conflict.written());
        assertEquals("unknown place", conflict.victim().name());
        assertEquals(1, conflict.count());
        assertEquals(100, conflict.lostNanos());
        assertArrayEquals(new double[] {100, 0, 0}, conflict.lostOver(1000, 3), 1e-6);
    }

    @Test
    void shouldSortConflictsByLostTimeWhenThereAreSeveral() throws IOException {
        final LogBytes log = new LogBytes();
        for (int i = 0; i < 10; i++) {
            log.conflict(i, 1, 64 + i % 2 * 64, 1, 2, 5);
            log.conflict(i, 2, 64, 1, 3, i == 0 ? 1000 : 0);
        }
        final List<Conflict> conflicts = read(log.end(100)).conflicts();
        assertEquals(List.of(1000L, 50L), conflicts.stream().map(Conflict::lostNanos).toList());
        assertEquals(List.of(10L, 10L), conflicts.stream().map(Conflict::count).toList());
        assertEquals(List.of(1, 2), conflicts.stream().map(Conflict::objects).toList());
    }

    @Test
    void shouldSayWhatIsThereWhenFileIsNoLog() throws IOException {
        assertEquals("the file is empty", failure(new byte[0]));
        assertEquals("not an event log: it begins with '#!/bin/s'",
            failure("#!/bin/sh\necho".getBytes(StandardCharsets.US_ASCII)));
        assertEquals("the event log ends within its header, after 3 bytes", failure(new byte[] {'S', 'E', 'G'}));
        final byte[] newer = example().toBytes();
        newer[11] = 9;
        assertEquals("an event log of version 9; this program reads version 1", failure(newer));
        final byte[] whole = new LogBytes().toBytes();
        assertEquals("the event log ends within its header, after 40 bytes", failure(Arrays.copyOf(whole, 40)));
    }

    private String failure(final byte[] content) throws IOException {
        final Path file = Files.write(folder.resolve("foreign"), content);
        return assertThrows(EventLogException.class, () -> Run.read(file)).getMessage();
    }

    @Test
    void shouldSayThatLogWasNotClosedWhenEndIsMissing() throws IOException {
        final Run run = read(example());
        assertEquals(List.of("the log was not closed: it ends after 8 chunks, without an end"), run.problems());
        assertEquals(900, run.elapsedNanos());
        assertEquals(900, run.threads().get(0).sumNanos());
    }

    @Test
    void shouldReadUpToCutWhenLogIsTruncatedAnywhere() throws IOException {
        final byte[] whole = example().end(1000).toBytes();
        long committedBefore = 0;
        for (int length = new LogBytes().toBytes().length; length < whole.length; length++) {
            final Run run = Run.read(Files.write(folder.resolve("cut"), Arrays.copyOf(whole, length)));
            assertEquals(1, run.problems().stream()
                .filter(problem -> problem.startsWith("truncated") || problem.contains("not closed")).count(),
                "length=" + length);
            assertTrue(run.committed() >= committedBefore, "length=" + length);
            committedBefore = run.committed();
            for (final ThreadTimes thread : run.threads()) {
                assertEquals(run.elapsedNanos(), thread.sumNanos() + thread.unknownNanos(), "length=" + length);
            }
        }
        assertEquals(1, committedBefore);
    }

    @Test
    void shouldReadEventsOfChunkWhenItIsCutInTheMiddle() throws IOException {
        final LogBytes log = new LogBytes().mutator(1, 0, "a");
        final int before = log.toBytes().length;
        final byte[] whole = log.events(1, 0).activity(0, Activity.OUTSIDE).activity(50, Activity.RUN)
            .activity(90, Activity.COMMIT).committed(95, false).activity(99, Activity.OUTSIDE).done().toBytes();
        assertTrue(whole.length > before);
        final Run run = Run.read(Files.write(folder.resolve("cut"), Arrays.copyOf(whole, whole.length - 1)));
        assertEquals(1, run.committed());
        assertEquals(List.of("truncated: the log ends in the middle of a chunk, after " + (whole.length - 1)
            + " bytes", "its last event is incomplete"), run.problems());
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, Integer.MIN_VALUE, EventFormat.MAXIMUM_CHUNK_BYTES + 1})
    void shouldStopWhereItIsDamagedWhenLengthOfChunkIsImpossible(final int length) throws IOException {
        final LogBytes log = example();
        final int at = log.toBytes().length;
        log.raw((byte) EventFormat.EVENTS, (byte) (length >>> 24), (byte) (length >>> 16), (byte) (length >>> 8),
            (byte) length).end(1000);
        final Run run = read(log);
        assertEquals(List.of("damaged at byte " + at + ": a chunk of " + length
            + " bytes; nothing after it can be read"), run.problems());
        assertEquals(1, run.committed());
    }

    @Test
    void shouldSkipChunkWhenItsContentIsDamaged() throws IOException {
        final LogBytes log = new LogBytes().mutator(1, 0, "a").events(1, 0).activity(0, Activity.OUTSIDE)
            .add(10, 77).done();
        final Run run = read(log.events(1, 50).activity(50, Activity.OUTSIDE).done().end(100));
        assertEquals(1, run.problems().size());
        assertTrue(run.problems().get(0).endsWith("is damaged: there is no kind of event 77"),
            run.problems().get(0));
        assertEquals(50, run.threads().get(0).unknownNanos());
        assertEquals(50, run.threads().get(0).sumNanos());
    }

    @Test
    void shouldSkipChunkWhenItIsTooShortOrItsTypeUnknown() throws IOException {
        final Run run = read(new LogBytes().chunk(EventFormat.CONFLICT, out -> out.writeInt(1))
            .chunk(99, out -> out.writeLong(1)).mutator(1, 5, "a").end(100));
        assertEquals(2, run.problems().size());
        assertTrue(run.problems().get(0).endsWith("(type 4) is damaged: it is too short"), run.problems().get(0));
        assertEquals("1 chunks of unknown type were skipped: written by a newer version?", run.problems().get(1));
        assertEquals("a", run.threads().get(0).name());
    }

    @Test
    void shouldNotBeMisledWhenTimesAreNegativeOrEnormous() throws IOException {
        final Run run = read(new LogBytes().mutator(1, -5, "a").mutator(2, Long.MAX_VALUE, "b")
            .conflict(-1, 1, 64, 1, 2, 3).collection(1, Long.MIN_VALUE, "MAJOR").end(100));
        assertEquals(4, run.problems().size());
        assertEquals(100, run.elapsedNanos());
    }

    @Test
    void shouldReadSameWhenPiecesHaveAnyLength() throws IOException {
        final byte[] whole = example().end(1000).toBytes();
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        final Run.Live live = new Run.Live();
        for (int from = 0; from < whole.length;) {
            final int count = Math.min(whole.length - from, random.nextInt(40));
            live.write(whole, from, count);
            from += count;
        }
        final Run run = live.finish();
        assertEquals(List.of(), run.problems(), "seed=" + seed);
        assertEquals(1, run.committed(), "seed=" + seed);
        assertEquals(1000, run.threads().get(0).sumNanos(), "seed=" + seed);
    }

    @Test
    void shouldReportOrRefuseWhenBytesAreChangedAtRandom() throws IOException {
        final byte[] whole = example().end(1000).toBytes();
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        for (int i = 0; i < 3000; i++) {
            final byte[] changed = whole.clone();
            for (int j = random.nextInt(4); j >= 0; j--) {
                changed[random.nextInt(changed.length)] = (byte) random.nextInt();
            }
            final Run.Live live = new Run.Live();
            try {
                live.write(changed, 0, changed.length);
                final Run run = live.finish();
                Statistics.of(run);
                run.threads().forEach(thread -> thread.over(TimeGroup.WAIT, run.elapsedNanos(), 10));
            } catch (final EventLogException e) {
                assertTrue(e.getMessage().contains("event log"), "seed=" + seed + " i=" + i);
            }
        }
    }
}

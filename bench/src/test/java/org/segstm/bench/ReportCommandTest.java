package org.segstm.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.segstm.bench.report.LogBytes;
import org.segstm.heap.AbortCause;
import org.segstm.heap.event.Activity;
import org.segstm.heap.event.EventFormat;

/** {@code segstm report} on logs made by hand. */
@Timeout(60)
class ReportCommandTest {
    private static final long MILLI = 1_000_000;

    @TempDir
    private Path folder;

    private static LogBytes log(final int conflicts) {
        final LogBytes log = new LogBytes().name(EventFormat.LAYOUTS, 5, "container")
            .name(EventFormat.LOCATIONS, 7, "a.duh:12:5\n(set total (+ (get total) 1))")
            .name(EventFormat.LOCATIONS, 8, "a.duh:12:16\n(get total)");
        for (int number = 1; number <= 5; number++) {
            log.mutator(number, number * MILLI, number == 1 ? "main" : "worker <" + (number - 1) + ">");
            log.events(number, number * MILLI).activity(number * MILLI, Activity.OUTSIDE)
                .activity(10 * MILLI, Activity.RUN).activity(110 * MILLI, Activity.ROLLBACK)
                .aborted(110 * MILLI, AbortCause.READ_CONFLICT).activity(111 * MILLI, Activity.RUN)
                .activity(900 * MILLI, Activity.COMMIT).committed(901 * MILLI, false)
                .activity(901 * MILLI, Activity.OUTSIDE).done();
        }
        for (int i = 0; i < conflicts; i++) {
            log.conflict(110 * MILLI, 2, 4096, 7, 8, 100 * MILLI);
        }
        return log.collection(500 * MILLI, 520 * MILLI, "MAJOR").end(1000 * MILLI);
    }

    private Path file(final String name, final LogBytes log) throws IOException {
        return log.writeTo(folder.resolve(name));
    }

    @Test
    void shouldPrintStatisticsAndConflictsWhenLogIsComplete() throws IOException {
        final Commands run = Commands.run("report", file("log", log(3)).toString());
        assertEquals("", run.err());
        assertEquals(0, run.status());
        final String text = run.out().replaceAll(" +", " ");
        assertTrue(text.contains("elapsed 1.000 s, 5 threads"), text);
        assertTrue(text.contains("committed 5 transactions; aborted: 5 attempts, 50.0 %"), text);
        assertTrue(text.contains("Where time went main seconds worker <1> seconds"), text);
        assertTrue(text.contains("run, aborted: read conflict 1 0.100 5 0.500 10.0 %"), text);
        assertTrue(text.contains("difference 0.00 % 0.00 %"), text);
        assertTrue(text.contains("major, growth 1 0.020 0.020"), text);
        assertTrue(text.contains("1. lost 0.300 s in 3 conflicts: container 0x1000, always the same one"), text);
        assertTrue(text.contains("written at a.duh:12:5 (set total (+ (get total) 1))"), text);
        assertTrue(text.contains("in the way of a.duh:12:16 (get total)"), text);
        assertTrue(run.out().lines().allMatch(line -> line.length() <= 140), run.out());
    }

    @Test
    void shouldCompareWhenLogOfEarlierRunIsGiven() throws IOException {
        final Path before = file("before", log(3));
        final Path after = file("after", new LogBytes().mutator(1, 0, "main").end(250 * MILLI));
        final Commands run = Commands.run("report", after.toString(), "--before", before.toString());
        assertEquals(0, run.status(), run.err());
        assertTrue(run.out().contains("elapsed    0.250 s, was 1.000 s: 4.00 times as fast"), run.out());
        assertTrue(run.out().contains("conflict 1 gone; was 0.300 s in 3 conflicts: container, "
            + "a.duh:12:5 in the way of a.duh:12:16  (get total)"), run.out());
        final Commands back = Commands.run("report", before.toString(), "--before", before.toString());
        assertTrue(back.out().contains("conflict 1 lost 0.300 s in 3 conflicts; was"), back.out());
    }

    @Test
    void shouldReportWhatIsReadableAndFailWhenLogIsTruncated() throws IOException {
        final byte[] whole = log(3).toBytes();
        final Path cut = Files.write(folder.resolve("cut"), Arrays.copyOf(whole, whole.length - 20));
        final Path page = folder.resolve("cut.html");
        final Commands run = Commands.run("report", cut.toString(), "--html", page.toString());
        assertEquals(1, run.status());
        assertEquals("segstm report: " + cut + ": truncated: the log ends in the middle of a chunk, after "
            + (whole.length - 20) + " bytes", run.err().trim());
        assertTrue(run.out().contains("INCOMPLETE"), run.out());
        assertTrue(run.out().contains("1. lost 0.300 s"), run.out());
        assertTrue(Files.readString(page).contains("The log is incomplete."));
    }

    @Test
    void shouldFailWithOneLineWhenFileIsNoLog() throws IOException {
        final Path empty = Files.createFile(folder.resolve("empty"));
        assertFailure(empty + ": the file is empty", empty);
        final Path foreign = Files.writeString(folder.resolve("foreign"), "(print 1)\n");
        assertFailure(foreign + ": not an event log: it begins with '(print 1'", foreign);
        assertFailure(folder.resolve("none") + ": there is no such file", folder.resolve("none"));
        assertFailure("cannot read " + folder + ": Is a directory", folder);
    }

    private static void assertFailure(final String message, final Path file) {
        final Commands run = Commands.run("report", file.toString());
        assertEquals(1, run.status());
        assertEquals("segstm report: " + message, run.err().trim());
        assertEquals("", run.out());
    }

    @Test
    void shouldRefuseWhenOptionsAreWrong() throws IOException {
        final String log = file("log", log(0)).toString();
        assertTrue(Commands.run("report", log, "--top", "0").err().contains("--top must be at least 1: 0"));
        assertTrue(Commands.run("report", log, "--html", folder.toString()).err()
            .contains("it is a folder, give a file"));
        assertEquals(2, Commands.run("report").status());
    }

    @Test
    void shouldWritePageThatNeedsNothingElseWhenAsked() throws IOException {
        final Path page = folder.resolve("page.html");
        final Commands run = Commands.run("report", file("log<&>", log(3)).toString(), "--html", page.toString());
        assertEquals(0, run.status(), run.err());
        final String html = Files.readString(page);
        assertTrue(html.contains("worker &lt;1&gt;") && html.contains("log&lt;&amp;&gt;"), html);
        assertTrue(html.contains("(set total (+ (get total) 1))"), html);
        assertFalse(html.matches("(?s).*(https?:|src=|href=|@import|url\\().*"), html);
        for (final String tag : new String[] {"section", "div", "table", "tr", "td", "svg", "span", "script"}) {
            assertEquals(html.split("<" + tag + "[ >]", -1).length, html.split("</" + tag + ">", -1).length, tag);
        }
    }

    @Test
    void shouldWriteFiguresWhenAskedForJson() throws IOException {
        final Path json = folder.resolve("figures.json");
        final Commands run = Commands.run("report", file("log", log(3)).toString(), "--json", json.toString());
        assertEquals(0, run.status(), run.err());
        final String text = Files.readString(json);
        try (JsonParser parser = new JsonFactory().createParser(text)) {
            assertEquals(JsonToken.START_OBJECT, parser.nextToken());
            parser.skipChildren();
            assertNull(parser.nextToken());
        }
        assertTrue(text.contains("\"lost\": 300000000"), text);
        assertTrue(text.contains("\"place\": \"a.duh:12:5\""), text);
    }
}

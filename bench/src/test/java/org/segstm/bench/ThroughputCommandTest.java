package org.segstm.bench;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.segstm.bench.throughput.ThroughputTest;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Tiny runs; the heaps are in checked mode, like this JVM's. */
@Timeout(300)
class ThroughputCommandTest {
    private static final String SECONDS = "0.02";

    @Test
    void shouldMeasureAndWriteJsonWhenAllTestsRunInBothModes(@TempDir final Path folder) throws IOException {
        final Path file = folder.resolve("figures.json");
        final Commands run = throughput("--modes", "stm,serial", "--threads", "2", "--json", file.toString());
        assertEquals("", run.err());
        assertEquals(0, run.status(), run.out());
        final List<Map<String, String>> figures = JsonFigures.read(file);
        final List<String> expected = new ArrayList<>();
        ThroughputTest.ids().forEach(id -> expected.addAll(List.of(id + " serial 1", id + " stm 2")));
        assertEquals(expected, figures.stream()
            .map(f -> f.get("test") + " " + f.get("mode") + " " + f.get("threads")).toList());
        for (final Map<String, String> figure : figures) {
            assertEquals("true", figure.get("check"), figure.toString());
            assertTrue(Double.parseDouble(figure.get("opsPerSecond")) > 0, figure.toString());
            assertTrue(Double.parseDouble(figure.get("abortRate")) < 1, figure.toString());
        }
        assertTrue(run.out().contains("machine "), run.out());
        assertTrue(run.out().contains("commit "), run.out());
    }

    @ParameterizedTest
    @ValueSource(strings = {"private-cow", "mmap-fixed", "remap-file-pages"})
    void shouldKeepCountersRightWhenTwoThreadsIncrement(final String sharing) {
        final Commands run = throughput("--modes", "stm", "--threads", "2", "--tests", "w1,rwhot",
            "--page-sharing", sharing, "--heap", "64m", "--segments", "3");
        assertEquals("", run.err());
        assertEquals(0, run.status(), run.out());
        assertTrue(run.out().contains("pageSharing=" + sharing.toUpperCase(Locale.ROOT).replace('-', '_')));
        assertTrue(run.out().contains("segments=3"), run.out());
    }

    @ParameterizedTest
    @ValueSource(strings = {"timing", "events", "conflicts", "jfr"})
    void shouldKeepCountersRightWhenHeapReports(final String what) {
        final Commands run = throughput("--modes", "stm", "--threads", "2", "--tests", "rwhot", "--reports", what);
        assertEquals("", run.err());
        assertEquals(0, run.status(), run.out());
        assertTrue(run.out().contains(what), run.out());
    }

    @Tag("slow")
    @ParameterizedTest
    @ValueSource(strings = {"private-cow", "mmap-fixed", "remap-file-pages"})
    void shouldKeepCountersRightWhenAllTestsRun(final String sharing) {
        final Commands run = throughput("--modes", "stm", "--threads", "1,3", "--page-sharing", sharing);
        assertEquals(0, run.status(), run.out() + run.err());
        assertFalse(run.out().contains("FAILED"), run.out());
    }

    private static Commands throughput(final String... options) {
        final List<String> arguments =
            new ArrayList<>(List.of("throughput", "--seconds", SECONDS, "--warm-up", SECONDS));
        arguments.addAll(List.of(options));
        return Commands.run(arguments.toArray(String[]::new));
    }
}

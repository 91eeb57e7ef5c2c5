package org.segstm.bench;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Tiny runs; the heaps are in checked mode, like this JVM's. */
@Timeout(300)
class PausesCommandTest {
    private static final long LIVE_BYTES = 2 << 20;

    @Test
    void shouldMeasureEachKindOfPause(@TempDir final Path folder) throws IOException {
        final Path file = folder.resolve("figures.json");
        final Commands run = Commands.run("pauses", "--live", "2m", "--gc-threads", "1,2", "--reshares", "3",
            "--majors", "2", "--json", file.toString());
        assertEquals("", run.err());
        assertEquals(0, run.status(), run.out());
        final List<Map<String, String>> figures = JsonFigures.read(file);
        assertEquals(List.of("1", "2"), figures.stream().map(f -> f.get("collectorThreads")).toList());
        for (final Map<String, String> figure : figures) {
            final double live = Double.parseDouble(figure.get("liveBytes"));
            assertTrue(live > LIVE_BYTES * 0.9 && live < LIVE_BYTES * 1.5, figure.toString());
            assertTrue(Long.parseLong(figure.get("minor.count")) > 0, figure.toString());
            assertTrue(Long.parseLong(figure.get("reshare.count")) >= 3, figure.toString());
            assertTrue(Long.parseLong(figure.get("major.count")) >= 2, figure.toString());
            final double marking = Double.parseDouble(figure.get("majorPhases.mark.median"));
            assertTrue(marking > 0 && marking <= Double.parseDouble(figure.get("major.max")), figure.toString());
        }
        assertTrue(run.out().contains("major"), run.out());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "--live 1k | --live must be at least 1m: 1024",
        "--gc-threads 0 | --gc-threads must be from 1 to 64: 0",
        "--majors 0 | --reshares and --majors must be at least 1",
        "--live 16m --segments 65 | segments must be from 1 to 64: segments=65",
    })
    void shouldFailWithUsageWhenArgumentsAreWrong(final String options, final String message) {
        final Commands wrong = Commands.run(("pauses " + options).split(" "));
        assertEquals(2, wrong.status());
        assertTrue(wrong.err().contains(message), wrong.err());
        assertEquals("", wrong.out());
    }
}
